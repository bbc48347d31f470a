using System.Diagnostics.CodeAnalysis;

namespace KubeApi.Queueing;

/// <summary>Keys and when each is due. Not safe for several at once: the queue's lock is around it.</summary>
internal sealed class DelayedKeys<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, long> _dueOf = [];
    private readonly PriorityQueue<TKey, long> _byTime = new();

    /// <summary>Null when no key waits for its time.</summary>
    public long? NextDue
    {
        get
        {
            DropStale();
            return _byTime.TryPeek(out _, out var due) ? due : null;
        }
    }

    public void Put(TKey key, long due)
    {
        if (_dueOf.TryGetValue(key, out var earlier) && earlier <= due) return;
        _dueOf[key] = due;
        _byTime.Enqueue(key, due);
    }

    public void Remove(TKey key)
    {
        _dueOf.Remove(key);
        // What lies in the heap without a meaning is cleared out before it can outgrow what has one.
        if (_byTime.Count > 64 + (2 * _dueOf.Count)) Rebuild();
    }

    public bool TryTakeDue(long now, [MaybeNullWhen(false)] out TKey key)
    {
        DropStale();
        key = default;
        if (!_byTime.TryPeek(out _, out var due) || due > now) return false;

        key = _byTime.Dequeue();
        _dueOf.Remove(key);
        return true;
    }

    private void DropStale()
    {
        while (_byTime.TryPeek(out var key, out var due) && !(_dueOf.TryGetValue(key, out var current) && current == due))
            _byTime.Dequeue();
    }

    private void Rebuild()
    {
        _byTime.Clear();
        foreach (var (key, due) in _dueOf) _byTime.Enqueue(key, due);
    }
}
