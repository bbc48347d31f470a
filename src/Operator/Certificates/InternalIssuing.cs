using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Certificates.InternalCa;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>Certificates from an authority of the user's own: signed on the spot.</summary>
internal sealed class InternalIssuing(
    ICertificateCluster cluster, AuthorityStore authorities, Revocations revocations, CertificateSecrets secrets,
    TimeProvider clock, CertificateMetrics metrics)
{
    public Task<Authority> OpenAsync(SstpCertificate certificate, CancellationToken stopping) =>
        authorities.OpenAsync(certificate.Metadata.Namespace ?? "", certificate.Spec.Issuer.InternalCa!, stopping);

    public async Task PassAsync(CertificatePass pass, Authority authority, CancellationToken stopping)
    {
        var issuer = pass.Certificate.Spec.Issuer.InternalCa!;
        if (pass.Need is { } need)
        {
            metrics.Attempts.Add(1, new KeyValuePair<string, object?>("reason", need.Reason.ToString()));
            await IssueAsync(pass, issuer, authority, stopping);
            pass.WakeAt(pass.Now);
        }

        await PublishRootAsync(pass.Key.Namespace, issuer, authority, stopping);
        pass.WakeAt(await revocations.KeepFreshAsync(pass.Key.Namespace, issuer, authority, stopping));
        pass.Failures = FailureMemory.AfterAnswer(pass.Failures);
    }

    public async Task RevokeAsync(SstpCertificate certificate, StoredCertificate stored, CancellationToken stopping)
    {
        using var authority = await OpenAsync(certificate, stopping);
        var revoked = new RevokedCertificate(
            stored.Leaf!.SerialNumber, clock.GetUtcNow(), stored.Leaf.NotAfter.ToUniversalTime());
        await revocations.RevokeAsync(
            certificate.Metadata.Namespace ?? "", certificate.Spec.Issuer.InternalCa!, authority, revoked, stopping);
    }

    /// <summary>Whether the VpnGateway that serves the revocation list is there.</summary>
    public Task<bool> HasGatewayForListAsync(SstpCertificate certificate, CancellationToken stopping) =>
        revocations.HasGatewayAsync(certificate.Metadata.Namespace ?? "", certificate.Spec.Issuer.InternalCa!, stopping);

    private async Task IssueAsync(CertificatePass pass, InternalCaIssuer issuer, Authority authority, CancellationToken stopping)
    {
        var (spec, wanted) = (pass.Certificate.Spec, pass.Wanted!);
        var keep = spec.Key.Rotation == KeyRotation.Never && pass.Stored?.Key?.Algorithm == wanted.KeyAlgorithm;
        using var fresh = keep ? null : PrivateKey.Create(wanted.KeyAlgorithm);
        var key = keep ? pass.Stored!.Key! : fresh!;

        var isClient = spec.Usages.Contains(CertificateUsage.Client);
        var leaf = new LeafRequest(
            wanted.Subject,
            wanted.Names,
            spec.Usages.Contains(CertificateUsage.Server),
            isClient,
            (spec.Lifetime ?? WantedCertificate.InternalLifetime).Value,
            isClient && wanted.Subject.Contains('@', StringComparison.Ordinal) ? wanted.Subject : null,
            await revocations.FindAddressAsync(pass.Key.Namespace, issuer, stopping));
        var chain = LeafIssuer.Issue(authority, leaf, key, pass.Now);
        pass.Issued = [.. pass.Issued.Append(pass.Now)];
        await secrets.WriteAsync(
            pass.Certificate, wanted, chain, key, authority.Root.ExportCertificatePem() + "\n", pass.Issued, stopping);
        pass.Delivered = true;
    }

    private async Task PublishRootAsync(
        string @namespace, InternalCaIssuer issuer, Authority authority, CancellationToken stopping)
    {
        if (issuer.TrustBundleConfigMap is not { } name) return;

        var key = new ObjectKey(@namespace, name);
        var root = authority.Root.ExportCertificatePem() + "\n";
        var existing = await cluster.ReadConfigMapAsync(key, stopping);
        if (existing?.Data.GetValueOrDefault(SecretContent.RootEntry) == root) return;

        await cluster.WriteConfigMapAsync(
            new ConfigMapContent(
                key, new Dictionary<string, string> { [SecretContent.RootEntry] = root }, new Dictionary<string, byte[]>()),
            stopping);
    }
}
