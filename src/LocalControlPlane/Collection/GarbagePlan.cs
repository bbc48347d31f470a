using LocalControlPlane.Objects;

namespace LocalControlPlane.Collection;

/// <summary>What has to be done about one object, by the rules of owner references. Pure; planning again after the steps were
/// taken gives no more.</summary>
internal static class GarbagePlan
{
    public static IReadOnlyList<GarbageStep> For(GraphNode node, OwnershipGraph graph)
    {
        if (node.Orphans) return Orphan(node, graph);
        if (node.WaitsForDependents && !graph.DependentsOf(node.Uid).Any(dependent => Blocks(dependent, node)))
            return [new GarbageStep.Release(node.Key, node.Uid, DeleteRules.Foreground)];
        return node.Owners.Count == 0 ? [] : Owned(node, graph);
    }

    private static List<GarbageStep> Orphan(GraphNode node, OwnershipGraph graph) =>
    [
        .. graph.DependentsOf(node.Uid).Select(dependent => new GarbageStep.SetFree(dependent.Key, dependent.Uid, [node.Uid])),
        new GarbageStep.Release(node.Key, node.Uid, DeleteRules.Orphan),
    ];

    private static IReadOnlyList<GarbageStep> Owned(GraphNode node, OwnershipGraph graph)
    {
        var owners = node.Owners.Select(owner => (owner.Uid, Node: Resolve(graph, node, owner.Uid))).ToList();
        var isHeld = owners.Any(owner => owner.Node is { WaitsForDependents: false });
        var gone = owners.Where(owner => owner.Node is null or { WaitsForDependents: true }).Select(owner => owner.Uid).ToList();
        if (isHeld) return gone.Count == 0 ? [] : [new GarbageStep.SetFree(node.Key, node.Uid, gone)];
        if (node.IsBeingDeleted) return [];

        var isWaitedFor = owners.Any(owner => owner.Node is not null);
        var policy = isWaitedFor && graph.DependentsOf(node.Uid).Count > 0 ? DeletePolicy.Foreground : DeletePolicy.Background;
        return [new GarbageStep.Delete(node.Key, node.Uid, policy)];
    }

    // An owner in another namespace does not count: nobody who writes here may have a say there.
    private static GraphNode? Resolve(OwnershipGraph graph, GraphNode node, string uid) =>
        graph.Find(uid) is { } owner && (owner.Key.Namespace.Length == 0 || owner.Key.Namespace == node.Key.Namespace)
            ? owner
            : null;

    private static bool Blocks(GraphNode dependent, GraphNode owner) =>
        dependent.Owners.Any(reference => reference.Uid == owner.Uid && reference.Blocks);
}
