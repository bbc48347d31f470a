using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>When the CA would like a certificate to be renewed (RFC 9773).</summary>
public sealed record RenewalWindow
{
    /// <summary>Its begin.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Its end.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>A page that explains it.</summary>
    [MaxLength(2048)]
    public string? ExplanationUrl { get; init; }

    /// <summary>When the CA is asked again.</summary>
    public DateTimeOffset? NextCheck { get; init; }
}
