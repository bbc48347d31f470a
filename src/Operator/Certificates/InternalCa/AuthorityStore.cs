using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.InternalCa;

/// <summary>Authorities in their Secrets: made when asked for, their issuing certificate renewed in time.</summary>
internal sealed class AuthorityStore(ICertificateCluster cluster, TimeProvider clock)
{
    /// <summary>Of a root that the operator made; without it the issuing certificate is somebody else's to renew.</summary>
    private const string RootKeyEntry = "ca.key";

    private readonly ConcurrentDictionary<ObjectKey, SemaphoreSlim> _gates = new();

    /// <exception cref="BlockedException">There is no usable authority, and none may be made.</exception>
    public async Task<Authority> OpenAsync(string @namespace, InternalCaIssuer issuer, CancellationToken stopping)
    {
        var key = new ObjectKey(@namespace, issuer.CaSecret.Name);
        var gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(stopping);
        try
        {
            var secret = await cluster.ReadSecretAsync(key, stopping) ?? await CreateAsync(key, issuer, stopping);
            secret = await RenewAsync(secret, issuer, stopping);
            return Read(secret);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<SecretContent> CreateAsync(ObjectKey key, InternalCaIssuer issuer, CancellationToken stopping)
    {
        if (!issuer.Create)
        {
            throw new BlockedException(
                "AuthorityMissing",
                $"Secret {key.Name} (issuer.internalCa.caSecret) does not exist; put your CA there, "
                + "or set issuer.internalCa.create to true");
        }

        var settings = AuthoritySettings.Of(issuer);
        var now = clock.GetUtcNow();
        var (rootPem, rootKey) = AuthorityFactory.CreateRoot(settings, now);
        using (rootKey)
        {
            var secret = Issue(settings, key, rootPem, rootKey, now);
            if (await cluster.TryCreateSecretAsync(secret, stopping)) return secret;
        }

        return await cluster.ReadSecretAsync(key, stopping)
            ?? throw new BlockedException("AuthorityMissing", $"Secret {key.Name} comes and goes; see who deletes it");
    }

    /// <summary>A new issuing certificate, with a new key, when a third of the old one's time is left.
    /// What the old one signed stays good.</summary>
    private async Task<SecretContent> RenewAsync(SecretContent secret, InternalCaIssuer issuer, CancellationToken stopping)
    {
        if (secret.Text(RootKeyEntry) is not { } rootKeyPem || secret.Text(SecretContent.RootEntry) is not { } rootPem)
            return secret;
        if (secret.Text(SecretContent.CertificateEntry) is not { } issuingPem || !PrivateKey.TryRead(rootKeyPem, out var rootKey))
            return secret;

        using (rootKey)
        {
            using var issuing = X509Certificate2.CreateFromPem(issuingPem);
            using var root = X509Certificate2.CreateFromPem(rootPem);
            DateTimeOffset begin = issuing.NotBefore.ToUniversalTime(), end = issuing.NotAfter.ToUniversalTime(),
                now = clock.GetUtcNow();
            if (now < end - (end - begin) / 3 || end >= root.NotAfter.ToUniversalTime()) return secret;

            var renewed = Issue(AuthoritySettings.Of(issuer), secret.Key, rootPem, rootKey!, now);
            await cluster.WriteSecretAsync(renewed with { Annotations = secret.Annotations }, stopping);
            return renewed;
        }
    }

    private static SecretContent Issue(
        AuthoritySettings settings, ObjectKey key, string rootPem, PrivateKey rootKey, DateTimeOffset now)
    {
        var (issuingPem, issuingKey) = AuthorityFactory.CreateIssuing(settings, rootPem, rootKey, now);
        using (issuingKey)
        {
            var data = new Dictionary<string, byte[]>
            {
                [SecretContent.CertificateEntry] = Encoding.ASCII.GetBytes(issuingPem),
                [SecretContent.KeyEntry] = Encoding.ASCII.GetBytes(issuingKey.ToPem() + "\n"),
                [SecretContent.RootEntry] = Encoding.ASCII.GetBytes(rootPem),
                [RootKeyEntry] = Encoding.ASCII.GetBytes(rootKey.ToPem() + "\n"),
            };
            return new SecretContent(key, SecretContent.Tls, data, new Dictionary<string, string>());
        }
    }

    private Authority Read(SecretContent secret)
    {
        var (authority, objection) = Authority.Read(
            secret.Text(SecretContent.CertificateEntry) ?? "",
            secret.Text(SecretContent.KeyEntry) ?? "",
            secret.Text(SecretContent.RootEntry),
            clock.GetUtcNow());
        return authority
            ?? throw new BlockedException("AuthorityUnusable", $"the CA in Secret {secret.Key.Name} cannot be used: {objection}");
    }
}
