using System.Collections.Concurrent;
using System.Net;
using Operator.Dns.Accounts;

namespace Operator.Dns.Push;

/// <summary>How much each sender, by its <see cref="SenderNetwork"/>, may ask of a listener that faces the Internet.</summary>
public sealed class SenderBudgets(TimeProvider time)
{
    /// <summary>For each sender; a router that reports at every reconnect is far below.</summary>
    private const int RequestsAMinute = 20;

    /// <summary>More senders than this at a time are an attack; all are forgotten.</summary>
    private const int MaxSenders = 10_000;

    private readonly ConcurrentDictionary<IPAddress, AccountBudget> _budgets = new();

    /// <returns>False: it has asked too often.</returns>
    public bool TryTake(IPAddress sender)
    {
        if (_budgets.Count > MaxSenders) _budgets.Clear();
        return _budgets.GetOrAdd(SenderNetwork.Of(sender), _ => new AccountBudget(RequestsAMinute, TimeSpan.FromMinutes(1), time))
            .TryTake(out _);
    }
}
