using System.Net;
using Operator.Dns.Accounts;

namespace Operator.Listening;

/// <summary>How much each sender, by its <see cref="SenderNetwork"/>, may ask of a listener that faces the Internet. Safe for
/// concurrent use.</summary>
/// <remarks>Nobody gets a new budget by having others come in between: a sender is forgotten only when its budget is whole again,
/// and while there is no room for another, all that are not known share one.</remarks>
public sealed class SenderBudgets(TimeProvider time)
{
    /// <summary>For each sender; a router that reports at every reconnect is far below.</summary>
    public const int RequestsAMinute = 20;

    /// <summary>For each site, whose senders may be as many as 65,536 networks.</summary>
    public const int SiteRequestsAMinute = 100;

    /// <summary>For all together that there is no room for.</summary>
    public const int OtherRequestsAMinute = 200;

    /// <summary>Senders and sites at a time; some 3 MiB.</summary>
    public const int MaxKnown = 10_000;

    /// <summary>In which a budget becomes whole again.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Known> _known = [];    // the one that asked longest ago first
    private readonly Dictionary<(IPAddress Network, bool IsSite), LinkedListNode<Known>> _byNetwork = [];
    private readonly AccountBudget _others = new(OtherRequestsAMinute, Period, time);

    /// <returns>False: it has asked too often.</returns>
    public bool TryTake(IPAddress sender)
    {
        lock (_gate)
        {
            return TryTake((SenderNetwork.Of(sender), false), RequestsAMinute)
                && (SenderNetwork.SiteOf(sender) is not { } site || TryTake((site, true), SiteRequestsAMinute));
        }
    }

    private bool TryTake((IPAddress Network, bool IsSite) key, int requests)
    {
        var now = time.GetTimestamp();
        if (_byNetwork.TryGetValue(key, out var node)) _known.Remove(node);
        else if (_known.Count < MaxKnown || TryForgetOne()) node = new(new Known(key, new AccountBudget(requests, Period, time)));
        else return _others.TryTake(out _);

        node.Value.LastSeen = now;
        _known.AddLast(node);
        _byNetwork[key] = node;
        return node.Value.Budget.TryTake(out _);
    }

    private bool TryForgetOne()
    {
        var oldest = _known.First!;
        if (time.GetElapsedTime(oldest.Value.LastSeen) < Period) return false;

        _known.Remove(oldest);
        _byNetwork.Remove(oldest.Value.Key);
        return true;
    }

    private sealed class Known((IPAddress Network, bool IsSite) key, AccountBudget budget)
    {
        public (IPAddress Network, bool IsSite) Key { get; } = key;

        public AccountBudget Budget { get; } = budget;

        /// <summary>A timestamp of the clock.</summary>
        public long LastSeen { get; set; }
    }
}
