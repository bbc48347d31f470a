using KubeApi.Objects;

namespace Operator.Dns.Accounts;

/// <summary>All accounts that records use. One whose credentials nobody has any more goes after a while.</summary>
public sealed class ServiceAccounts
{
    private readonly KeptWhileUsed<ServiceAccount> _accounts;
    private readonly KeptWhileUsed<SharedLiveness> _hosts;
    private readonly DnsMetrics _metrics;
    private readonly TimeProvider _time;

    public ServiceAccounts(DnsMetrics metrics, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
        _accounts = new KeptWhileUsed<ServiceAccount>(time, account => account.IsInUse);
        _hosts = new KeptWhileUsed<SharedLiveness>(time);
        metrics.Watch(
            () => _accounts.Values.Count(account => account.IsMissed), () => _accounts.Values.Sum(account => account.Waiting));
    }

    /// <summary>A record that waits for its account is to be looked at again.</summary>
    public event Action<ObjectKey>? Woken;

    /// <summary>Puts a record's pass before those of others that wait; false when it waits for none.</summary>
    public Func<ObjectKey, bool> Hurry { get; set; } = _ => false;

    /// <summary>How many there are.</summary>
    public int Count => _accounts.Values.Count;

    /// <summary>The account that an identity stands for; made when it is new.</summary>
    /// <param name="identity">Digest of kind, host, authorities and credentials.</param>
    /// <param name="host">Whom looks go to, and whose certificates are believed there;
    /// looks are shared by all accounts of that.</param>
    public ServiceAccount Of(string identity, string host, Func<AccountBudget> budget, Func<ILivenessSignal> signal)
    {
        var shared = _hosts.GetOrAdd(host, () => new SharedLiveness(signal(), _time));
        return _accounts.GetOrAdd(identity, () =>
        {
            var account = new ServiceAccount(budget(), shared, _metrics, _time, key => Hurry(key));
            account.Woken += key => Woken?.Invoke(key);
            return account;
        });
    }
}
