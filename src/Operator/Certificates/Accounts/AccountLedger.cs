using System.Collections.Concurrent;
using KubeApi.Objects;

namespace Operator.Certificates.Accounts;

/// <summary>What this process has under way at each account, so that CAs' limits are kept. Safe for concurrent use.</summary>
internal sealed class AccountLedger
{
    /// <summary>Longer than any CA's window for new orders.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<ObjectKey, Entry> _accounts = new();

    /// <param name="account">The account's Secret.</param>
    public int UnderWay(ObjectKey account, ObjectKey? without = null)
    {
        var entry = _accounts.GetOrAdd(account, _ => new Entry());
        lock (entry) return entry.UnderWay.Count(key => key != without);
    }

    public IReadOnlyList<DateTimeOffset> Started(ObjectKey account)
    {
        var entry = _accounts.GetOrAdd(account, _ => new Entry());
        lock (entry) return [.. entry.Started];
    }

    /// <summary>Takes one of the account's places, unless all are taken.</summary>
    /// <param name="places">At most so many at once.</param>
    public bool TryBegin(ObjectKey account, ObjectKey certificate, DateTimeOffset now, int places)
    {
        var entry = _accounts.GetOrAdd(account, _ => new Entry());
        lock (entry)
        {
            if (entry.UnderWay.Count >= places && !entry.UnderWay.Contains(certificate)) return false;

            entry.UnderWay.Add(certificate);
            entry.Started.RemoveAll(time => time < now - Memory);
            entry.Started.Add(now);
            return true;
        }
    }

    /// <summary>An order that an earlier process began.</summary>
    public void Resume(ObjectKey account, ObjectKey certificate)
    {
        var entry = _accounts.GetOrAdd(account, _ => new Entry());
        lock (entry) entry.UnderWay.Add(certificate);
    }

    public void End(ObjectKey certificate)
    {
        foreach (var entry in _accounts.Values)
        {
            lock (entry) entry.UnderWay.Remove(certificate);
        }
    }

    private sealed class Entry
    {
        public HashSet<ObjectKey> UnderWay { get; } = [];

        public List<DateTimeOffset> Started { get; } = [];
    }
}
