using GatewayConfig.Formats;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Finds another VpnGateway that wants the same of a node: a port, the name of the tunnel device,
/// or addresses of callers.</summary>
internal static class HostClash
{
    /// <returns>What clashes, for a person; null when nothing does, or when the other
    /// one is younger and has to give way.</returns>
    public static string? Find(GatewayFacts facts)
    {
        var known = new Dictionary<string, HashSet<string>>();
        var mine = new NodeClaim(facts.Gateway, facts.Nodes, known);
        foreach (var other in facts.Others.Where(other => MayComeFirst(other, facts.Gateway)).OrderBy(Seniority))
        {
            var theirs = new NodeClaim(other, facts.Nodes, known);
            if (!mine.MustMeet(theirs)) continue;

            var shared = Shared(facts, other).ToList();
            if (shared.Count > 0)
                return $"VpnGateway {other.Metadata.Namespace}/{other.Metadata.Name} uses the same nodes and "
                    + $"{string.Join(" and ", shared)}; give other values, or other nodes by workload.nodeSelector";
        }
        return null;
    }

    private static bool MayComeFirst(VpnGateway other, VpnGateway mine) =>
        other.Metadata.Uid != mine.Metadata.Uid && other.Metadata.DeletionTimestamp is null
        && Seniority(other).CompareTo(Seniority(mine)) < 0;

    private static (DateTimeOffset, string, string) Seniority(VpnGateway gateway) =>
        (gateway.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue, gateway.Metadata.Namespace ?? "", gateway.Metadata.Name);

    private static IEnumerable<string> Shared(GatewayFacts facts, VpnGateway other)
    {
        var (mine, theirs) = (facts.Gateway.Spec, other.Spec);
        var used = Ports(other, facts).Select(port => port.Number).ToHashSet();
        foreach (var (field, number) in Ports(facts.Gateway, facts).Where(port => used.Contains(port.Number)))
            yield return $"{field} {number}";
        if (mine.Network.Device == theirs.Network.Device) yield return $"network.device {mine.Network.Device}";
        foreach (var pool in Pools(mine))
        {
            if (Pools(theirs).Any(other => AddressRange.TryParse(pool, out var left)
                && AddressRange.TryParse(other, out var right) && AddressRange.Overlap(left, right)))
                yield return $"pool {pool}";
        }
    }

    private static IEnumerable<(string Field, int Number)> Ports(VpnGateway gateway, GatewayFacts facts)
    {
        var spec = gateway.Spec;
        yield return ("listening.port", spec.Listening.Port);
        yield return ("administration.channelPort", spec.Administration.ChannelPort);
        yield return ("administration.probePort", spec.Administration.ProbePort);
        if (PlainHttp.IsNeededBy(gateway, facts)) yield return ("listening.httpPort", spec.Listening.HttpPort);
    }

    private static IEnumerable<string> Pools(VpnGatewaySpec spec) => spec.Addressing.Pools4.Concat(spec.Addressing.Pools6);
}
