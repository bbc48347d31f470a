using System.Diagnostics.CodeAnalysis;
using SstpGateway.Dns.Messages;
using SstpProtocol;

namespace SstpGateway.Dns.Caching;

/// <summary>Answers that are still true, the least recently used ones leaving first. Bounded in number and in bytes.</summary>
/// <remarks>Thread-safe: every client's query passes through, and holds the lock for a look-up only.</remarks>
/// <param name="maxEntries">Zero keeps nothing.</param>
/// <param name="maxBytes">By <see cref="SizeOf"/>, an estimate on the high side.</param>
internal sealed class AnswerCache(int maxEntries, long maxBytes)
{
    // Objects, list node and dictionary slot of one entry, beside the bytes that vary.
    private const int Overhead = 320;

    private readonly Lock _gate = new();
    private readonly Dictionary<AnswerKey, LinkedListNode<CachedAnswer>> _entries = [];
    private readonly LinkedList<CachedAnswer> _byUse = [];    // the most recently used first

    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>Estimated memory in use.</summary>
    public long Bytes { get; private set; }

    public bool TryGet(AnswerKey key, MonotonicTime now, [NotNullWhen(true)] out CachedAnswer? cached)
    {
        lock (_gate)
        {
            cached = null;
            if (!_entries.TryGetValue(key, out var node)) return false;

            if (now - node.Value.StoredAt >= node.Value.Answer.Lifetime)
            {
                Remove(node);
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            cached = node.Value;
            return true;
        }
    }

    /// <summary>Keeps an answer for its lifetime, in the place of an older one.</summary>
    public void Store(AnswerKey key, DnsAnswer answer, MonotonicTime now)
    {
        var entry = new CachedAnswer(key, answer, now);
        if (maxEntries == 0 || answer.Lifetime <= TimeSpan.Zero || SizeOf(entry) > maxBytes) return;

        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var older)) Remove(older);
            while (_entries.Count >= maxEntries || Bytes + SizeOf(entry) > maxBytes) Remove(_byUse.Last!);

            _entries.Add(key, _byUse.AddFirst(entry));
            Bytes += SizeOf(entry);
        }
    }

    internal static int SizeOf(CachedAnswer entry) =>
        Overhead + 2 * entry.Key.Name.Length + entry.Answer.Message.Length + sizeof(int) * entry.Answer.TtlOffsets.Length;

    private void Remove(LinkedListNode<CachedAnswer> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
        Bytes -= SizeOf(node.Value);
    }
}
