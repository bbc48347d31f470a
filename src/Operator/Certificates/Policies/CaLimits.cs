namespace Operator.Certificates.Policies;

/// <summary>Limits kept here so that the CA's own are never met. The defaults stay below those of Let's Encrypt.</summary>
internal sealed record CaLimits
{
    /// <summary>Orders under way at once, an account. One that waits for better times, such as for a DNS
    /// service to come back, does not count.</summary>
    public int Concurrent { get; init; } = 10;

    /// <summary>Orders that are not at their end, an account, those that wait included. Let's Encrypt:
    /// 300 authorizations that are pending.</summary>
    public int Open { get; init; } = 100;

    /// <summary>Certificates for exactly the same names in <see cref="DuplicateWindow"/>.
    /// Let's Encrypt: 5 in 7 days, over all accounts.</summary>
    public int Duplicates { get; init; } = 5;

    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>New orders an account in <see cref="OrderWindow"/>. Let's Encrypt: 300 in 3 hours.</summary>
    public int Orders { get; init; } = 250;

    public TimeSpan OrderWindow { get; init; } = TimeSpan.FromHours(3);
}
