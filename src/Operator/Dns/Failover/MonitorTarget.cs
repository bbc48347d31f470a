using System.Collections.Immutable;
using System.Net;

namespace Operator.Dns.Failover;

/// <param name="Vantages">VpnGateways that look beside the operator; never the one that is looked at.</param>
public sealed record MonitorTarget(ImmutableArray<IPAddress> Addresses, ImmutableArray<string> Vantages);
