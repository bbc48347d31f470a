using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>One challenge of an order.</summary>
public sealed record OrderChallenge
{
    /// <summary>Its URL.</summary>
    [Required, MaxLength(2048)]
    public string Url { get; init; } = "";

    /// <summary>The URL of its authorization.</summary>
    [MaxLength(2048)]
    public string? Authorization { get; init; }

    /// <summary>The name it is for, <c>*.</c> included.</summary>
    [MaxLength(255)]
    public string Name { get; init; } = "";

    /// <summary>How it is met.</summary>
    public ChallengeKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public ChallengeState State { get; init; }

    /// <summary>Where the answer was put: the name of the TXT record, or the VpnGateway.</summary>
    [MaxLength(253)]
    public string? PresentedAt { get; init; }

    /// <summary>The value of the TXT record, to take it away again. It is public.</summary>
    [MaxLength(128)]
    public string? PresentedValue { get; init; }

    /// <summary>What is waited for, or what went wrong in the CA's own words.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }
}
