using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeApi.Client;
using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Cluster;

/// <summary>Finds the root of a gateway's private authority where the resources say that it is,
/// so that nobody has to be told.</summary>
internal sealed class IssuerAuthority(ClusterSession cluster)
{
    private const string RootEntry = "ca.crt";

    /// <returns>
    /// The root from the issuer's trust bundle, from the certificate's own Secret (where cert-manager puts it, too), or from the
    /// authority's Secret; null when the certificate is of a public authority, or none of those can be read.
    /// </returns>
    public async Task<PublishedRoot?> FindAsync(VpnGateway gateway, CancellationToken stopping)
    {
        var certificate = GatewayNames.Certificate(gateway) is { } name
            ? (await cluster.Client.GetAsync(Kinds.SstpCertificates, Key(name), stopping).ConfigureAwait(false))?.Value
            : null;
        var authority = (certificate?.Spec.Issuer ?? gateway.Spec.Certificate?.Template?.Issuer)
            is { Kind: CertificateIssuerKind.InternalCa, InternalCa: { } own }
            ? own
            : null;

        return await OfConfigMapAsync(authority?.TrustBundleConfigMap, stopping).ConfigureAwait(false)
            ?? await OfSecretAsync(GatewayNames.TlsSecret(gateway, certificate), stopping).ConfigureAwait(false)
            ?? await OfSecretAsync(authority?.CaSecret.Name, stopping).ConfigureAwait(false);
    }

    private async Task<PublishedRoot?> OfConfigMapAsync(string? name, CancellationToken stopping)
    {
        if (string.IsNullOrEmpty(name)) return null;
        return await AllowedAsync(async () => (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, Key(name), stopping)
            .ConfigureAwait(false))?.Value).ConfigureAwait(false) is { } map
            ? Read($"ConfigMap {Key(name)}", map.Data?.GetValueOrDefault(RootEntry))
            : null;
    }

    private async Task<PublishedRoot?> OfSecretAsync(string? name, CancellationToken stopping)
    {
        if (string.IsNullOrEmpty(name)) return null;
        return await AllowedAsync(async () => (await cluster.Client.GetAsync(BuiltIn.Secrets, Key(name), stopping)
            .ConfigureAwait(false))?.Value).ConfigureAwait(false) is { } secret
            ? Read($"Secret {Key(name)}", secret.Find(RootEntry) is { } content ? Encoding.UTF8.GetString(content) : null)
            : null;
    }

    /// <summary>A Secret with a key in it is for few; without the right to it the other places are looked at.</summary>
    private static async Task<T?> AllowedAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            return null;
        }
    }

    /// <summary>Only self-signed certificates are roots; a bundle without any says nothing about whom to believe.</summary>
    private static PublishedRoot? Read(string where, string? pem)
    {
        if (pem is null) return null;
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;    // Whoever put it there hears of it from the operator.
        }
        var roots = found
            .Where(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
            .ToList();
        return roots.Count > 0 ? new PublishedRoot(where, pem, roots) : null;
    }

    private ObjectKey Key(string name) => new(cluster.Namespace, name);
}
