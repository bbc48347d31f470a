using Operator.Dns.Providers;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Publishing;

/// <summary>The policy of one record, with what its service demands.</summary>
public sealed record PublishRules
{
    /// <summary>The source knows for sure, or a fail-over decides.</summary>
    public bool IsAuthoritative { get; init; }

    public int Confirmations { get; init; } = 2;

    public TimeSpan HoldFor { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ServiceInterval { get; init; }

    public bool IsDamped { get; init; } = true;

    public TimeSpan HalfLife { get; init; } = TimeSpan.FromMinutes(15);

    public int SuppressAbove { get; init; } = 3;

    public int ReuseBelow { get; init; } = 1;

    public TimeSpan BackOffInitial { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan BackOffMaximum { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Send again after this without a change; null for never.</summary>
    public TimeSpan? RefreshAfter { get; init; }

    public bool IsDryRun { get; init; }

    public static PublishRules From(PublishPolicy policy, ProviderCapabilities capabilities, bool isAuthoritative) => new()
    {
        IsAuthoritative = isAuthoritative,
        Confirmations = policy.Hysteresis.Confirmations,
        HoldFor = policy.Hysteresis.HoldFor,
        MinimumInterval = policy.MinimumInterval,
        ServiceInterval = capabilities.MinInterval,
        IsDamped = policy.Damping.Enabled,
        HalfLife = policy.Damping.HalfLife,
        SuppressAbove = policy.Damping.SuppressAbove,
        ReuseBelow = policy.Damping.ReuseBelow,
        BackOffInitial = policy.BackOff.Initial,
        BackOffMaximum = policy.BackOff.Maximum,
        RefreshAfter = policy.RefreshInterval?.Value ?? capabilities.RefreshAfter,
        IsDryRun = policy.DryRun,
    };
}
