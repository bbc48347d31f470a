using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>How changes are made.</summary>
public sealed record PublishPolicy
{
    /// <summary>When a new address is believed. Sources that know for sure (nodes, Services,
    /// reports) and fail-over do not wait.</summary>
    public PublishHysteresis Hysteresis { get; init; } = new();

    /// <summary>Shortest time between two changes. Sources that know for sure and fail-over do not wait.</summary>
    [DurationBounds("0s", "24h")]
    public GoDuration MinimumInterval { get; init; } = new("60s");

    /// <summary>What is done about an address that keeps changing.</summary>
    public FlapDamping Damping { get; init; } = new();

    /// <summary>Waits after failures; they double, with jitter, for each account.</summary>
    public PublishBackOff BackOff { get; init; } = new();

    /// <summary>Whether a record that exists already, without this operator's mark or with another's, is taken over.</summary>
    public bool Adopt { get; init; }

    /// <summary>How the operator marks what it owns.</summary>
    public OwnershipMark Ownership { get; init; } = OwnershipMark.Auto;

    /// <summary>What becomes of the record when this object is deleted.</summary>
    public DeletionPolicy Deletion { get; init; } = new();

    /// <summary>Publish again after this time although nothing changed, for services that drop idle names.
    /// Left out: as the provider's preset says.</summary>
    [DurationBounds("24h", "8760h")]
    public GoDuration? RefreshInterval { get; init; }

    /// <summary>Say what would be done, and do nothing.</summary>
    public bool DryRun { get; init; }
}
