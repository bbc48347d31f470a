using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Accounts;

/// <summary>What an account of each kind is good for.</summary>
public static class AccountLimits
{
    /// <summary>Cloudflare: 1200 requests in 5 minutes for a user, dashboard included, so half of it. Others say nothing;
    /// a request a second is never rude to a stranger.</summary>
    public static AccountBudget Budget(DnsProviderKind kind, TimeProvider time) => kind switch
    {
        DnsProviderKind.Cloudflare => new AccountBudget(600, TimeSpan.FromMinutes(5), time),
        // a name server does some hundreds of updates a second
        DnsProviderKind.Rfc2136 => new AccountBudget(6000, TimeSpan.FromMinutes(1), time),
        DnsProviderKind.Webhook => new AccountBudget(600, TimeSpan.FromMinutes(1), time),    // the user's own
        _ => new AccountBudget(60, TimeSpan.FromMinutes(1), time),
    };
}
