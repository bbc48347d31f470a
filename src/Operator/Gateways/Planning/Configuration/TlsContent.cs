using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayConfig.Channel;
using KubeApi.Objects;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>What the TLS Secret holds.</summary>
/// <param name="Pem">Chain and key, fit to be served; null without.</param>
/// <param name="Serial">As gateways report it.</param>
/// <param name="Reason">Why there is none, in one word; null when there is one.</param>
/// <param name="Problem">The same for a person.</param>
internal sealed record TlsContent(CertificatePem? Pem, string? Serial, DateTimeOffset? NotAfter, string? Reason, string? Problem)
{
    private const string SecretType = "kubernetes.io/tls";

    public static TlsContent Of(string name, KubeObject<Secret>? secret, string? hostname, DateTimeOffset now)
    {
        if (secret is null) return Not("CertificateSecretNotFound", $"Secret {name} does not exist");
        if (secret.Value.Type != SecretType)
            return Not("CertificateSecretMalformed", $"Secret {name} is of type {secret.Value.Type}; it must be {SecretType}");
        if (secret.Value.Find("tls.crt") is not { Length: > 0 } chain || secret.Value.Find("tls.key") is not { Length: > 0 } key)
            return Not("CertificateSecretMalformed", $"Secret {name} needs tls.crt and tls.key");

        var pem = new CertificatePem(Encoding.UTF8.GetString(chain), Encoding.UTF8.GetString(key));
        try
        {
            if (OtherKindOfKey(pem.Chain) is { } kind)
                return Not(
                    "CertificateSecretMalformed",
                    $"the certificate in Secret {name} is for a key of kind {kind}, and gateways serve RSA and ECDSA only; "
                    + "have it issued again for one of these");
            using var leaf = X509Certificate2.CreateFromPem(pem.Chain, pem.Key);
            DateTimeOffset notAfter = leaf.NotAfter.ToUniversalTime();
            if (notAfter <= now)
                return Not(
                    "CertificateExpired",
                    $"the certificate in Secret {name} has expired; the gateways keep the one they have", leaf, notAfter);
            if (hostname is not null && !leaf.MatchesHostname(hostname))
                return Not(
                    "HostnameNotCovered",
                    $"the certificate in Secret {name} does not cover {hostname}; the gateways keep the one they have",
                    leaf, notAfter);
            return new TlsContent(pem, leaf.SerialNumber, notAfter, null, null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Not("CertificateSecretMalformed", $"tls.crt and tls.key in Secret {name} are not a certificate and its key");
        }
    }

    // Null when gateways can serve it. Asked before the key is read, which for other kinds says no more than that it cannot be.
    private static string? OtherKindOfKey(string chain)
    {
        using var leaf = X509Certificate2.CreateFromPem(chain);
        return leaf.PublicKey.Oid is { Value: not ("1.2.840.113549.1.1.1" or "1.2.840.10045.2.1") } other
            ? other.FriendlyName ?? other.Value
            : null;
    }

    private static TlsContent Not(
        string reason, string problem, X509Certificate2? leaf = null, DateTimeOffset? notAfter = null) =>
        new(null, leaf?.SerialNumber, notAfter, reason, problem);
}
