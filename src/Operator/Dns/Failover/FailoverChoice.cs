using System.Collections.Immutable;

namespace Operator.Dns.Failover;

/// <param name="Active">Names of the targets to publish.</param>
/// <param name="IsSwitch">Others than before, with somebody published before.</param>
/// <param name="AnyHealthy">At least one target is known to be healthy.</param>
/// <param name="Reason">Why these, in a sentence.</param>
/// <param name="Again">When the choice may change by time alone.</param>
public sealed record FailoverChoice(
    ImmutableArray<string> Active, bool IsSwitch, bool AnyHealthy, string Reason, DateTimeOffset? Again = null);
