using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Failover;

/// <param name="Addresses">Of the chosen targets.</param>
/// <param name="Targets">For the status.</param>
/// <param name="Undecided">Why nothing is known of a target; null while enough points of view can look.</param>
public sealed record FailoverRun(
    FailoverChoice Choice, AddressSet Addresses, IReadOnlyList<TargetHealth> Targets, string? Undecided);
