using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>One challenge of an order under way, with all that is needed to go on with it or to tidy up after it.</summary>
/// <param name="Name">As ordered; a wildcard begins with "*.".</param>
/// <param name="Solver">As the resource had it when the proof was planned:
/// tidying up must not depend on what it says later.</param>
/// <param name="Place">Where the proof goes: the name of the TXT record after following aliases,
/// or the host that answers.</param>
/// <param name="Proof">The TXT value, or the key authorization.</param>
internal sealed record ChallengeProgress(
    string Name, ChallengeKind Kind, Uri Authorization, Uri Challenge, string Token,
    ChallengeSolver Solver, string Place, string Proof)
{
    public ChallengeStage Stage { get; init; }

    /// <summary>When the present stage began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Self-checks that saw the proof everywhere, one after the other.</summary>
    public int ChecksPassed { get; init; }

    /// <summary>What the last self-check missed; null when it missed nothing.</summary>
    public string? Missing { get; init; }

    public ChallengeProgress At(ChallengeStage stage, DateTimeOffset now) =>
        this with { Stage = stage, Since = now, Missing = null };
}
