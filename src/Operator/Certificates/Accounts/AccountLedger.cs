using System.Collections.Concurrent;
using KubeApi.Objects;

namespace Operator.Certificates.Accounts;

/// <summary>What this process has under way at each account, so that CAs' limits are kept. Safe for concurrent use.</summary>
/// <remarks>A restart forgets it. What has to outlive one is counted from the status of the certificates as well.</remarks>
internal sealed class AccountLedger
{
    /// <summary>Longer than any CA's window for new orders.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<ObjectKey, Entry> _accounts = new();

    /// <summary>Orders that were begun and have not ended, those that rest included.</summary>
    /// <param name="account">The account's Secret.</param>
    public int UnderWay(ObjectKey account, ObjectKey? without = null) => Count(account, without, _ => true);

    /// <summary>Those of them that go on: the ones that hold a place.</summary>
    public int Active(ObjectKey account, ObjectKey? without = null) => Count(account, without, rests => !rests);

    public IReadOnlyList<DateTimeOffset> Started(ObjectKey account)
    {
        var entry = Of(account);
        lock (entry) return [.. entry.Started];
    }

    /// <summary>Takes one of the account's places, unless all are taken.</summary>
    /// <param name="places">At most so many at once.</param>
    public bool TryBegin(ObjectKey account, ObjectKey certificate, DateTimeOffset now, int places)
    {
        var entry = Of(account);
        lock (entry)
        {
            if (entry.UnderWay.Count(order => !order.Value && order.Key != certificate) >= places) return false;

            if (entry.UnderWay.TryAdd(certificate, false))
            {
                entry.Started.RemoveAll(time => time < now - Memory);
                entry.Started.Add(now);
            }

            entry.UnderWay[certificate] = false;
            return true;
        }
    }

    /// <summary>An order that is at the CA already goes on, whatever the places:
    /// it is nearer to its end than any other.</summary>
    public void Resume(ObjectKey account, ObjectKey certificate)
    {
        var entry = Of(account);
        lock (entry) entry.UnderWay[certificate] = false;
    }

    /// <summary>An order that waits for better times gives its place to others:
    /// a DNS service that is down must not hold up the rest.</summary>
    public void Rest(ObjectKey certificate)
    {
        foreach (var entry in _accounts.Values)
        {
            lock (entry)
            {
                if (entry.UnderWay.ContainsKey(certificate)) entry.UnderWay[certificate] = true;
            }
        }
    }

    public void End(ObjectKey certificate)
    {
        foreach (var entry in _accounts.Values)
        {
            lock (entry) entry.UnderWay.Remove(certificate);
        }
    }

    private int Count(ObjectKey account, ObjectKey? without, Func<bool, bool> counts)
    {
        var entry = Of(account);
        lock (entry) return entry.UnderWay.Count(order => order.Key != without && counts(order.Value));
    }

    private Entry Of(ObjectKey account) => _accounts.GetOrAdd(account, _ => new Entry());

    private sealed class Entry
    {
        /// <summary>By certificate: whether it rests.</summary>
        public Dictionary<ObjectKey, bool> UnderWay { get; } = [];

        public List<DateTimeOffset> Started { get; } = [];
    }
}
