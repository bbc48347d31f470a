using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>
/// An ACME order under way. It lives in one Secret together with the private key that the certificate will be for, and is
/// written there before each step that has an effect, so that whoever comes after a crash goes on and starts nothing twice.
/// </summary>
internal sealed record OrderProgress
{
    /// <summary>The CA's directory.</summary>
    public required Uri Directory { get; init; }

    /// <summary>Normalized (<see cref="CertificateNames"/>).</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required KeyAlgorithm KeyAlgorithm { get; init; }

    /// <summary>Why a certificate was wanted, in a word.</summary>
    public required string Reason { get; init; }

    /// <summary>Also tells one attempt from the next.</summary>
    public required DateTimeOffset Started { get; init; }

    public string? Profile { get; init; }

    /// <summary>CertID of the certificate this one takes over from (RFC 9773 section 5).</summary>
    public string? Replaces { get; init; }

    /// <summary>Null until the CA has answered the order.</summary>
    public Uri? Order { get; init; }

    public IReadOnlyList<ChallengeProgress> Challenges { get; init; } = [];

    /// <summary>Set once all is decided; what is left is to tidy up.</summary>
    public OrderOutcome? Outcome { get; init; }

    /// <summary>Tries to tidy up so far.</summary>
    public int CleanUps { get; init; }

    public OrderProgress With(ChallengeProgress changed) =>
        this with { Challenges = [.. Challenges.Where(other => other.Challenge != changed.Challenge), changed] };
}
