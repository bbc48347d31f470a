using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Failover;

/// <param name="HoldDown">After a switch, how long a better target has to wait.</param>
/// <param name="MayFailBack">Goes back by itself, or a person has just asked for it.</param>
public sealed record FailoverRules(FailoverMode Mode, TimeSpan HoldDown, bool MayFailBack, AllDown AllDown);
