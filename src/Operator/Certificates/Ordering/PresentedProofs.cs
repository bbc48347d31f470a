using System.Runtime.CompilerServices;
using Operator.Certificates.Cluster;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>What the orders of all certificates have put into the world and not taken away yet, as it is stored.</summary>
internal sealed class PresentedProofs(ICertificateCluster cluster, OrderStore orders)
{
    /// <param name="isMeant">Gets namespace and challenge.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        Func<string, ChallengeProgress, ValueTask<bool>> isMeant, CancellationToken stopping)
    {
        var found = new List<string>();
        await foreach (var (@namespace, challenge) in AllAsync(stopping))
        {
            if (challenge.Stage != ChallengeStage.Planned && await isMeant(@namespace, challenge)) found.Add(challenge.Proof);
        }

        return found;
    }

    /// <summary>Whether an order still has this proof. One that is planned counts:
    /// it is stored as such while it is being put in place.</summary>
    public async Task<bool> IsWantedAsync(string proof, CancellationToken stopping)
    {
        await foreach (var (_, challenge) in AllAsync(stopping))
        {
            if (challenge.Proof == proof) return true;
        }

        return false;
    }

    private async IAsyncEnumerable<(string Namespace, ChallengeProgress Challenge)> AllAsync(
        [EnumeratorCancellation] CancellationToken stopping)
    {
        // The solvers may have been changed since an order began.
        foreach (var certificate in cluster.All().Where(certificate => certificate.Spec.Issuer.Acme is not null))
        {
            if (await TryReadAsync(certificate, stopping) is not { Progress.Challenges: var challenges }) continue;

            foreach (var challenge in challenges) yield return (certificate.Metadata.Namespace ?? "", challenge);
        }
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
