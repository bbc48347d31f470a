using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>Failures since the last success.</summary>
public sealed record IssuanceFailures
{
    /// <summary>How many.</summary>
    [Range(0, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>When the last one was.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The CA's error type, such as <c>rateLimited</c>.</summary>
    [MaxLength(128)]
    public string? Type { get; init; }

    /// <summary>The CA's own words.</summary>
    [MaxLength(2048)]
    public string? Message { get; init; }

    /// <summary>When the next attempt is.</summary>
    public DateTimeOffset? NextAttempt { get; init; }
}
