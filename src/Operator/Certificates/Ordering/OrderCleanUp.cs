using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Challenges;

namespace Operator.Certificates.Ordering;

/// <summary>Takes away what an order put into the world, however it ended.</summary>
internal sealed class OrderCleanUp(ChallengeSolvers solvers, ILogger<OrderCleanUp> logger)
{
    /// <summary>After so many a person is told what is left, and the certificate goes on without it.</summary>
    public const int Tries = 10;

    /// <param name="session">Gives up authorizations that are still pending, so that no later order meets them;
    /// null leaves that out.</param>
    /// <returns>What could not be taken away, and why; null when nothing is left.</returns>
    public async Task<string?> RunAsync(
        string @namespace, AcmeSession? session, OrderProgress progress, CancellationToken stopping)
    {
        var left = new List<string>();
        foreach (var challenge in progress.Challenges)
        {
            try
            {
                await solvers.Of(challenge).RemoveAsync(@namespace, challenge, stopping);
            }
            catch (Exception failure) when (failure is ChallengeException or BlockedException)
            {
                left.Add($"{challenge.Place}: {failure.Message}");
            }

            if (session is not null) await GiveUpAsync(session, challenge.Authorization, stopping);
        }

        return left.Count == 0 ? null : string.Join("; ", left);
    }

    private async Task GiveUpAsync(AcmeSession session, Uri authorization, CancellationToken stopping)
    {
        try
        {
            var known = await session.Client.GetAuthorizationAsync(session.Signer, authorization, stopping);
            if (known.Value.Status == AuthorizationStatus.Pending)
                await session.Client.DeactivateAuthorizationAsync(session.Signer, authorization, stopping);
        }
        catch (Exception failure) when (failure is AcmeException or AcmeUnreachableException)
        {
            CertificateLog.AuthorizationKept(logger, authorization, failure.Message);
        }
    }
}
