using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>Who owns whom, by uid. Follows the store change by change, so it is never behind what was committed. Not thread-safe:
/// its owner holds a lock.</summary>
internal sealed class OwnershipGraph
{
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _dependents = new(StringComparer.Ordinal);

    public GraphNode? Find(string uid) => _nodes.GetValueOrDefault(uid);

    public IReadOnlyList<GraphNode> DependentsOf(string uid) =>
        _dependents.TryGetValue(uid, out var found) ? [.. found.Select(dependent => _nodes[dependent])] : [];

    /// <summary>Takes a state in, and says which objects have to be looked at because of it.</summary>
    public IReadOnlyList<string> Put(StoredObject stored)
    {
        var node = GraphNode.Of(stored);
        Forget(node.Uid);
        _nodes[node.Uid] = node;
        foreach (var owner in node.Owners) Dependents(owner.Uid).Add(node.Uid);

        List<string> concerned = [];
        if (node.Owners.Count > 0 || node.Orphans || node.WaitsForDependents) concerned.Add(node.Uid);
        if (node.WaitsForDependents) concerned.AddRange(DependentsOf(node.Uid).Select(dependent => dependent.Uid));
        return concerned;
    }

    public IReadOnlyList<string> Remove(StoredObject stored)
    {
        var owners = Find(stored.Uid)?.Owners ?? [];
        Forget(stored.Uid);
        _nodes.Remove(stored.Uid);
        return [.. owners.Select(owner => owner.Uid), .. DependentsOf(stored.Uid).Select(dependent => dependent.Uid)];
    }

    private void Forget(string uid)
    {
        foreach (var owner in Find(uid)?.Owners ?? [])
        {
            if (!_dependents.TryGetValue(owner.Uid, out var dependents)) continue;
            dependents.Remove(uid);
            if (dependents.Count == 0) _dependents.Remove(owner.Uid);
        }
    }

    private HashSet<string> Dependents(string uid)
    {
        if (!_dependents.TryGetValue(uid, out var dependents))
            _dependents[uid] = dependents = new HashSet<string>(StringComparer.Ordinal);
        return dependents;
    }
}
