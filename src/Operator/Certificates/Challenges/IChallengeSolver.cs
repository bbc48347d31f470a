using Operator.Certificates.Ordering;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>One way to prove control of names. All but <see cref="CheckAsync"/> throw <see cref="ChallengeException"/>
/// when it is not possible now.</summary>
internal interface IChallengeSolver
{
    ChallengeKind Kind { get; }

    /// <summary>Where the proof will go. Changes nothing.</summary>
    /// <param name="name">As ordered.</param>
    Task<string> FindPlaceAsync(string @namespace, ChallengeSolver solver, string name, CancellationToken stopping);

    /// <summary>The proof itself. Pure.</summary>
    string Proof(string token, string thumbprint);

    /// <summary>Puts the proof in place, beside what is there. Doing so twice is doing so once.</summary>
    /// <returns>False while there is no room: another proof has the only place there is.</returns>
    Task<bool> PresentAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping);

    /// <summary>Looks as the CA will.</summary>
    /// <returns>Null when the proof is seen everywhere; else what is missing where, for the user.</returns>
    Task<string?> CheckAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping);

    /// <summary>Takes away exactly this proof. Does nothing when it is not there.</summary>
    Task RemoveAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping);
}
