using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>How the published name is checked.</summary>
public sealed record RecordVerification
{
    /// <summary><c>Repair</c>: what is wrong at the servers is written again. <c>AlertOnly</c>:
    /// it is only reported. <c>Off</c>: nobody looks.</summary>
    public VerificationMode Mode { get; init; } = VerificationMode.Repair;

    /// <summary>Time between two checks.</summary>
    [DurationBounds("30s", "24h")]
    public GoDuration Interval { get; init; } = new("5m");

    /// <summary>Authoritative servers to ask, a name or an address, with or without a port. Left out: found from the root down;
    /// give them with split-horizon DNS.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.HostPort)]
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Public resolvers that are asked too; what they say is reported only.</summary>
    [UniqueItems, MaxLength(8), Form(TextForm.Server)]
    public IReadOnlyList<string> PublicResolvers { get; init; } = [];

    /// <summary>How others check that the name can be reached. Left out: nobody does.</summary>
    public ReachabilityCheck? Reachability { get; init; }
}
