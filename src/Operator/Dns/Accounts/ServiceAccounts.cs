using System.Collections.Concurrent;
using KubeApi.Objects;

namespace Operator.Dns.Accounts;

/// <summary>All accounts that records use.</summary>
public sealed class ServiceAccounts
{
    private readonly ConcurrentDictionary<string, ServiceAccount> _accounts = new();
    private readonly ConcurrentDictionary<string, SharedLiveness> _hosts = new();
    private readonly DnsMetrics _metrics;
    private readonly TimeProvider _time;

    public ServiceAccounts(DnsMetrics metrics, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
        metrics.Watch(() => _accounts.Values.Count(account => account.IsOut), () => _accounts.Values.Sum(account => account.Waiting));
    }

    /// <summary>A record that waits for its account is to be looked at again.</summary>
    public event Action<ObjectKey>? Woken;

    /// <summary>The account that an identity stands for; made when it is new.</summary>
    /// <param name="identity">Digest of kind, host and credentials.</param>
    /// <param name="host">Whom looks go to; looks are shared by all accounts there.</param>
    public ServiceAccount Of(string identity, string host, Func<AccountBudget> budget, Func<ILivenessSignal> signal) => _accounts.GetOrAdd(identity, _ =>
    {
        var shared = _hosts.GetOrAdd(host, _ => new SharedLiveness(signal(), _time));
        var account = new ServiceAccount(budget(), shared, _metrics, _time);
        account.Woken += key => Woken?.Invoke(key);
        return account;
    });
}
