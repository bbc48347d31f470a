using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Publishing;

/// <summary>All that decides whether something is sent now.</summary>
public sealed record PublishFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What shall be published; empty: nothing is known yet.</summary>
    public required AddressSet Wanted { get; init; }

    /// <summary>What is published, as far as is known.</summary>
    public required AddressSet Published { get; init; }

    /// <summary>What is there is to be written again although it seems right:
    /// a person asked, or the service drops idle names.</summary>
    public bool IsRefreshDue { get; init; }

    /// <summary>The source knows for sure (node, Service, report) or a fail-over decided:
    /// no waiting for more sightings or an interval.</summary>
    public bool IsAuthoritative { get; init; }

    public FlapPenalty Penalty { get; init; } = FlapPenalty.None;

    public DateTimeOffset? LastPublished { get; init; }

    /// <summary>The policy's, or the service's own when that is longer.</summary>
    public TimeSpan MinimumInterval { get; init; }

    /// <summary>The service's own rule, which binds authoritative sources, too.</summary>
    public TimeSpan ServiceInterval { get; init; }

    /// <summary>From failures before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A refusal for good, and whether it is about what would be sent now.</summary>
    public ProviderLockout? Lockout { get; init; }

    public bool IsPaused { get; init; }

    public bool IsDryRun { get; init; }
}
