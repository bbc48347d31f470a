namespace SstpGateway.Addressing;

/// <summary>A queue of slots from which any slot can be taken out at once: a doubly linked list in two shared arrays.</summary>
/// <remarks>A slot is in at most one queue of those that share the arrays.</remarks>
internal sealed class SlotQueue(int[] next, int[] previous)
{
    private const int None = -1;
    private int _last = None;

    /// <summary>The slot that has been in longest; -1 when empty.</summary>
    public int First { get; private set; } = None;

    public int Count { get; private set; }

    public void Add(int slot)
    {
        next[slot] = None;
        previous[slot] = _last;
        if (_last == None) First = slot;
        else next[_last] = slot;
        _last = slot;
        Count++;
    }

    /// <param name="slot">Must be in this queue.</param>
    public void Remove(int slot)
    {
        if (previous[slot] == None) First = next[slot];
        else next[previous[slot]] = next[slot];
        if (next[slot] == None) _last = previous[slot];
        else previous[next[slot]] = previous[slot];
        Count--;
    }
}
