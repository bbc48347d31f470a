using Operator.Certificates.Cluster;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>What the orders of all certificates have put into the world and not taken away yet, as it is stored.</summary>
internal sealed class PresentedProofs(ICertificateCluster cluster, OrderStore orders)
{
    /// <param name="isMeant">Gets namespace and challenge.</param>
    public async Task<IReadOnlyList<string>> FindAsync(Func<string, ChallengeProgress, bool> isMeant, CancellationToken stopping)
    {
        var found = new List<string>();
        foreach (var certificate in cluster.All().Where(certificate => certificate.Spec.Issuer.Acme is { } issuer && issuer.Challenges.Any(solver => solver.Kind == ChallengeKind.Dns01)))
        {
            if (await TryReadAsync(certificate, stopping) is not { Progress.Challenges: var challenges }) continue;

            var @namespace = certificate.Metadata.Namespace ?? "";
            found.AddRange(challenges.Where(challenge => challenge.Stage != ChallengeStage.Planned && isMeant(@namespace, challenge)).Select(challenge => challenge.Proof));
        }

        return found;
    }

    /// <summary>One that cannot be read blocks its own certificate, which says so; not this one.</summary>
    private async Task<StoredOrder?> TryReadAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        try
        {
            return await orders.ReadAsync(certificate, stopping);
        }
        catch (BlockedException)
        {
            return null;
        }
    }
}
