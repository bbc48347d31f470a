using KubeApi.Objects;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>The nodes that a gateway may run on, and how many of them it takes.</summary>
internal sealed class NodeClaim
{
    private readonly HashSet<string> _eligible;
    private readonly HashSet<string> _occupied;
    private readonly int _needed;

    /// <param name="known">Nodes by selector, found for other gateways already; most have the same one.</param>
    public NodeClaim(VpnGateway gateway, IReadOnlyList<KubeObject<Node>> nodes, Dictionary<string, HashSet<string>> known)
    {
        var workload = gateway.Spec.Workload;
        var selector = string.Join(',', workload.NodeSelector.OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}"));
        if (!known.TryGetValue(selector, out _eligible!))
            known[selector] = _eligible = [.. nodes.Where(node => IsEligible(node, workload)).Select(node => node.Metadata.Name)];
        _needed = workload.Kind == WorkloadKind.DaemonSet ? _eligible.Count : workload.Replicas;
        _occupied = [.. gateway.Status?.Gateways.Select(endpoint => endpoint.Node).OfType<string>() ?? []];
    }

    public static bool IsEligible(KubeObject<Node> node, GatewayWorkload workload) =>
        workload.NodeSelector.All(label => node.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>Whether the two share a node now, or must because there are too few for both.</summary>
    public bool MustMeet(NodeClaim other)
    {
        if (_needed == 0 || other._needed == 0 || !_eligible.Overlaps(other._eligible)) return false;
        if (_occupied.Overlaps(other._occupied)) return true;
        var all = ReferenceEquals(_eligible, other._eligible) ? _eligible.Count : _eligible.Union(other._eligible).Count();
        return all < _needed + other._needed;
    }
}
