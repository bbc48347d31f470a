using System.Collections.Immutable;
using System.Net;

namespace Operator.Dns.Failover;

/// <param name="Targets">Addresses of each.</param>
public sealed record MonitorPlan(ImmutableSortedDictionary<string, ImmutableArray<IPAddress>> Targets, ProbePlan Probe, TimeSpan Interval, int Rise, int Fall);
