namespace Operator.Dns.Publishing;

/// <param name="Seen">How often in a row.</param>
/// <param name="Since">When first.</param>
public sealed record PendingSighting(AddressSet Addresses, int Seen, DateTimeOffset Since);
