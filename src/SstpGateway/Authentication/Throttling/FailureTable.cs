namespace SstpGateway.Authentication.Throttling;

/// <summary>Records by key, the one that failed longest ago making room for a new one.</summary>
internal sealed class FailureTable(int capacity)
{
    private readonly Dictionary<LockoutKey, LinkedListNode<(LockoutKey Key, FailureRecord Record)>> entries = [];
    private readonly LinkedList<(LockoutKey Key, FailureRecord Record)> byLastFailure = new();

    public int Count => entries.Count;

    public FailureRecord? Find(LockoutKey key) => entries.TryGetValue(key, out var node) ? node.Value.Record : null;

    /// <summary>For a failure: the record becomes the youngest.</summary>
    public FailureRecord FindOrAdd(LockoutKey key)
    {
        if (entries.TryGetValue(key, out var node))
        {
            byLastFailure.Remove(node);
            byLastFailure.AddLast(node);
            return node.Value.Record;
        }

        if (entries.Count >= capacity)
        {
            entries.Remove(byLastFailure.First!.Value.Key);
            byLastFailure.RemoveFirst();
        }

        var record = new FailureRecord();
        entries.Add(key, byLastFailure.AddLast((key, record)));
        return record;
    }

    public void Remove(LockoutKey key)
    {
        if (entries.Remove(key, out var node)) byLastFailure.Remove(node);
    }
}
