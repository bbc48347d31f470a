namespace SstpGateway.Authentication.Throttling;

/// <summary>Keys of which the one added longest ago makes room for a new one.</summary>
internal sealed class KeySet(int capacity)
{
    private readonly Dictionary<LockoutKey, LinkedListNode<LockoutKey>> entries = [];
    private readonly LinkedList<LockoutKey> byAge = new();

    public int Count => entries.Count;

    public bool Contains(LockoutKey key) => entries.ContainsKey(key);

    public void Add(LockoutKey key)
    {
        if (entries.Remove(key, out var known))
        {
            byAge.Remove(known);
        }
        else if (entries.Count >= capacity)
        {
            entries.Remove(byAge.First!.Value);
            byAge.RemoveFirst();
        }
        entries.Add(key, byAge.AddLast(key));
    }
}
