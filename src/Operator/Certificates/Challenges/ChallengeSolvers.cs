using Operator.Certificates.Ordering;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>The solvers of all kinds, and which of a resource's entries is for which name.</summary>
internal sealed class ChallengeSolvers(IEnumerable<IChallengeSolver> solvers)
{
    private readonly Dictionary<ChallengeKind, IChallengeSolver> _byKind = solvers.ToDictionary(solver => solver.Kind);

    public IChallengeSolver Of(ChallengeProgress challenge) => _byKind[challenge.Kind];

    public IChallengeSolver Of(ChallengeKind kind) => _byKind[kind];

    /// <summary>Entries for a name: those that name it, in order; when none does, those that name nothing. Pure.</summary>
    public static IReadOnlyList<ChallengeSolver> For(AcmeIssuer issuer, string orderedName)
    {
        var named = issuer.Challenges.Where(solver => solver.Names.Any(name => CertificateNames.Normalize(name) == orderedName))
            .ToArray();
        return named.Length > 0 ? named : [.. issuer.Challenges.Where(solver => solver.Names.Count == 0)];
    }
}
