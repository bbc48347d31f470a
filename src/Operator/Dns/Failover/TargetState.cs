namespace Operator.Dns.Failover;

/// <param name="Priority">The lowest is published first.</param>
/// <param name="IsActive">Published now.</param>
/// <param name="Addresses">Empty: there is nothing to publish of it, so it cannot be chosen.</param>
public sealed record TargetState(string Name, int Priority, bool IsActive, AddressSet Addresses, TargetCounts Counts);
