using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>What was found.</summary>
public sealed record DdnsRecordStatus : ResourceStatus
{
    /// <summary>Addresses that are wanted.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Desired { get; init; } = [];

    /// <summary>Addresses that the provider took last.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>The same with commas, for people.</summary>
    [MaxLength(1024)]
    public string? PublishedText { get; init; }

    /// <summary>TTL in effect.</summary>
    public GoDuration? PublishedTtl { get; init; }

    /// <summary>The zone that the records are in.</summary>
    [MaxLength(253)]
    public string? Zone { get; init; }

    /// <summary>What each authoritative server and each public resolver answers.</summary>
    [KeyedBy("server"), MaxLength(64)]
    public IReadOnlyList<ObservedAnswer> Observed { get; init; } = [];

    /// <summary>What each point outside sees of the published addresses.</summary>
    [KeyedBy("point"), MaxLength(24)]
    public IReadOnlyList<OutsideFinding> Reachability { get; init; } = [];

    /// <summary>New addresses that are not believed yet.</summary>
    public PendingAddresses? Pending { get; init; }

    /// <summary>When the published addresses changed last.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>When the provider took an update last, changed or not.</summary>
    public DateTimeOffset? LastPublished { get; init; }

    /// <summary>When the provider is asked again.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Until when changes wait because there were too many.</summary>
    public DateTimeOffset? DampedUntil { get; init; }

    /// <summary>The penalty of the damping in thousandths, as of <c>penaltyTime</c>.</summary>
    [Range(0, int.MaxValue)]
    public int Penalty { get; init; }

    /// <summary>When <c>penalty</c> was reckoned.</summary>
    public DateTimeOffset? PenaltyTime { get; init; }

    /// <summary>Health of each target.</summary>
    [KeyedBy("name"), MaxLength(32)]
    public IReadOnlyList<TargetHealth> Targets { get; init; } = [];

    /// <summary>When the fail-over switched last.</summary>
    public DateTimeOffset? LastSwitch { get; init; }

    /// <summary>Failures since the last success.</summary>
    public PublishFailures? Failures { get; init; }

    /// <summary>Set when the provider has refused for good; cleared when the spec or a Secret changes,
    /// after abuse by a person only.</summary>
    public ProviderLockout? Lockout { get; init; }

    /// <summary>What the router said.</summary>
    public RouterFindings? Router { get; init; }

    /// <summary>What the provider calls the records, by record type, with commas where there are several.</summary>
    [MapBounds(8, TextForm.DataKey, TextForm.Line)]
    public IReadOnlyDictionary<string, string> RecordIds { get; init; } = new Dictionary<string, string>();

    /// <summary>The value of the annotation <c>vpn.sstp-operator.dev/reconcile-at</c> that was handled last.</summary>
    [MaxLength(64)]
    public string? HandledReconcileAt { get; init; }
}
