using System.Collections.Immutable;

namespace Operator.Dns.Failover;

/// <param name="Namespace">Of the record and its vantages.</param>
/// <param name="Quorum">Points of view that must see a target down; null for more than half.</param>
public sealed record MonitorPlan(
    string Namespace, ImmutableSortedDictionary<string, MonitorTarget> Targets, ProbePlan Probe,
    TimeSpan Interval, int Rise, int Fall, int? Quorum);
