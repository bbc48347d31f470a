using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Challenges;
using Operator.Certificates.Cluster;
using Operator.Certificates.Policies;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>What has to happen before a certificate's resource may go: proofs taken away,
/// revoked where wanted, the Secret kept or not.</summary>
internal sealed class CertificateDeletion(
    ICertificateCluster cluster, CertificateSecrets secrets, AcmeIssuing acme, InternalIssuing internalCa,
    TimeProvider clock, ILogger<CertificateDeletion> logger)
{
    public const string Finalizer = $"{ApiGroup.Name}/certificate";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>A namespace that is going takes the credentials along; it must not be held up for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<CleanUp> RunAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        if (await TryTidyAsync(certificate, stopping) is { } left)
        {
            if (!MayGoAnyway(certificate)) return CleanUp.Later(RetryAfter, left);

            CertificateLog.DeletedWithRest(logger, certificate.Metadata.Namespace ?? "", certificate.Metadata.Name, left);
            cluster.Record(certificate, EventType.Warning, "LeftBehind", $"Remove it by hand: {left}");
        }

        return CleanUp.Done;
    }

    /// <returns>What could not be done; null when nothing is left.</returns>
    private async Task<string?> TryTidyAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        try
        {
            if (certificate.Spec.Issuer.Acme is not null && await acme.AbandonAsync(certificate, stopping) is { } left)
                return left;

            SecretContent? secret;
            try
            {
                secret = await secrets.ReadAsync(certificate, stopping);
            }
            catch (BlockedException)
            {
                return null;    // the Secret is somebody else's: nothing of ours is in it
            }

            if (secret is null) return null;

            await RevokeAsync(certificate, CertificateSecrets.Parse(secret), stopping);
            if (certificate.Spec.Output.Retention == SecretRetention.Delete)
                await cluster.DeleteSecretAsync(secret.Key, stopping);
            return null;
        }
        catch (Exception failure)
            when (failure is AcmeException or AcmeUnreachableException or ChallengeException or BlockedException)
        {
            return failure.Message;
        }
    }

    private async Task RevokeAsync(SstpCertificate certificate, StoredCertificate stored, CancellationToken stopping)
    {
        if (!certificate.Spec.RevokeOnDeletion || certificate.Status?.Revoked is not null || stored.Leaf is null) return;

        if (certificate.Spec.Issuer.Kind == CertificateIssuerKind.Acme) await acme.RevokeAsync(certificate, stored, stopping);
        else await RevokeInternallyAsync(certificate, stored, stopping);
        CertificateLog.Revoked(logger, certificate.Metadata.Namespace ?? "", certificate.Metadata.Name, stored.Leaf.SerialNumber);
    }

    /// <summary>Whoever prunes a folder deletes the gateway, too: the list holds the certificate by then,
    /// and nobody is left to be waited for.</summary>
    private async Task RevokeInternallyAsync(SstpCertificate certificate, StoredCertificate stored, CancellationToken stopping)
    {
        try
        {
            await internalCa.RevokeAsync(certificate, stored, stopping);
        }
        catch (ChallengeException notServed)
        {
            if (await internalCa.HasGatewayForListAsync(certificate, stopping)) throw;
            CertificateLog.DeletedWithRest(
                logger, certificate.Metadata.Namespace ?? "", certificate.Metadata.Name, notServed.Message);
        }
    }

    private bool MayGoAnyway(SstpCertificate certificate) =>
        certificate.Metadata.Annotations.GetValueOrDefault(ApiGroup.ForceFinalizeAnnotation) == "true"
        || certificate.Metadata.DeletionTimestamp + Patience < clock.GetUtcNow();
}
