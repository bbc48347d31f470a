using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>When the certificate is renewed: when the CA says (ARI, RFC 9773), else at two
/// thirds of its lifetime, less some jitter.</summary>
public sealed record CertificateRenewal
{
    /// <summary>Time before expiry. Left out: a third of the lifetime, half when that is below ten days.
    /// One that is not shorter than the lifetime is not used.</summary>
    [DurationBounds("5m", "26280h")]
    public GoDuration? Before { get; init; }

    /// <summary>Ask the CA for its suggestion and keep to it.</summary>
    public bool UseSuggestedWindow { get; init; } = true;
}
