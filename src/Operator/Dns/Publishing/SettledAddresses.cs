namespace Operator.Dns.Publishing;

/// <param name="Believed">What is wanted at the name.</param>
/// <param name="Pending">Something else that was seen, but not often enough yet.</param>
public sealed record SettledAddresses(AddressSet Believed, PendingSighting? Pending);
