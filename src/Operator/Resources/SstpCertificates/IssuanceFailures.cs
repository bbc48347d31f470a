using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>Failures since the last success.</summary>
public sealed record IssuanceFailures
{
    /// <summary>How many orders in a row came to nothing.</summary>
    [Range(0, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>When the last one was.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>What has to happen before an order can succeed, in a word.</summary>
    [MaxLength(64)]
    public string? Class { get; init; }

    /// <summary>The generation that the last failed order was for; a changed object is tried at once.</summary>
    [Range(0, long.MaxValue)]
    public long Generation { get; init; }

    /// <summary>How many tries in a row found no one to do the work: the CA, a DNS service or a gateway did not answer,
    /// or was in trouble.</summary>
    [Range(0, int.MaxValue)]
    public int Troubles { get; init; }

    /// <summary>When the last of those was.</summary>
    public DateTimeOffset? LastTrouble { get; init; }

    /// <summary>The CA asked not to come back before.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    /// <summary>The CA's error type, such as <c>rateLimited</c>.</summary>
    [MaxLength(128)]
    public string? Type { get; init; }

    /// <summary>The CA's own words.</summary>
    [MaxLength(2048)]
    public string? Message { get; init; }

    /// <summary>When the next attempt is.</summary>
    public DateTimeOffset? NextAttempt { get; init; }
}
