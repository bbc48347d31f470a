using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Certificates;

/// <summary>From the text of two PEM files to a certificate that can be served, or to what is wrong with them.</summary>
internal static class CertificateReader
{
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EcOid = "1.2.840.10045.2.1";
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string AnyUsageOid = "2.5.29.37.0";

    // What OpenSSL's default security level 2 asks for (112 bits).
    private const int MinRsaBits = 2048;

    /// <param name="certificatePem">The leaf, then the intermediates.</param>
    /// <param name="keyPem">The leaf's key, not encrypted.</param>
    /// <param name="hostname">The name the certificate has to cover; null when it need not cover any.</param>
    /// <param name="now">Decides whether the certificate is in its time.</param>
    /// <param name="problem">What is wrong and what to do, for the operator.</param>
    public static bool TryRead(
        string certificatePem,
        string keyPem,
        string? hostname,
        DateTimeOffset now,
        [NotNullWhen(true)] out ServerCertificate? certificate,
        [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        if (!TryReadChain(certificatePem, out var chain, out problem)) return false;
        if (!TryReadKey(chain, keyPem, out var leaf, out problem)) return false;

        chain.RemoveAt(0);
        var candidate = new ServerCertificate(leaf, chain, isPlaceholder: false);
        problem = Objection(candidate, leaf, hostname, now);
        if (problem is not null) return false;

        certificate = candidate;
        return true;
    }

    private static bool TryReadChain(string pem, out X509Certificate2Collection chain, [NotNullWhen(false)] out string? problem)
    {
        chain = [];

        // What "cat leaf intermediate" makes of a leaf without a line end: readers of PEM then see neither.
        if (pem.Contains("-----END CERTIFICATE----------BEGIN", StringComparison.Ordinal))
        {
            problem = "two certificates of the file follow each other without a line break; "
                + "put -----BEGIN CERTIFICATE----- on a line of its own";
            return false;
        }

        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            problem = $"a certificate in the file cannot be read ({e.Message})";
            return false;
        }
        problem = chain.Count > 0
            ? null
            : "the file holds no certificate in PEM form; it should begin with -----BEGIN CERTIFICATE-----";
        return problem is null;
    }

    private static bool TryReadKey(
        X509Certificate2Collection chain,
        string pem,
        [NotNullWhen(true)] out X509Certificate2? leaf,
        [NotNullWhen(false)] out string? problem)
    {
        leaf = null;
        if (pem.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            problem = "the key is encrypted; store it without a passphrase and protect the file by its permissions";
            return false;
        }

        if (!IsServable(chain[0].PublicKey))
        {
            var kind = chain[0].PublicKey.Oid;
            problem = $"the certificate's key is of kind {kind.FriendlyName ?? kind.Value}, and only RSA and ECDSA are served; "
                + $"have it issued again for an ECDSA key (P-256) or an RSA key of {MinRsaBits} bits or more";
            return false;
        }

        try
        {
            problem = null;
            leaf = WithKey(chain[0], pem);
            if (leaf is not null) return true;

            var position = chain.Skip(1).ToList().FindIndex(other => WithKey(other, pem) is not null);
            problem = position >= 0
                ? $"the key belongs to certificate {position + 2} of the file; put that one first"
                : "the key does not belong to the certificate; one of the two files is of another pair";
            return false;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problem =
                "the key file holds no private key in PEM form that fits the certificate's kind; give PKCS#8, PKCS#1 or SEC 1";
            return false;
        }
    }

    private static bool IsServable(PublicKey key) => key.Oid.Value is RsaOid or EcOid;

    /// <returns>Null when the key is another certificate's.</returns>
    /// <exception cref="ArgumentException">There is no such key in the text.</exception>
    /// <exception cref="CryptographicException">The key cannot be decoded.</exception>
    private static X509Certificate2? WithKey(X509Certificate2 certificate, string pem)
    {
        switch (certificate.PublicKey.Oid.Value)
        {
            case RsaOid:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportFromPem(pem);
                    return SamePublicKey(certificate, rsa) ? certificate.CopyWithPrivateKey(rsa) : null;
                }
            case EcOid:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportFromPem(pem);
                    return SamePublicKey(certificate, ecdsa) ? certificate.CopyWithPrivateKey(ecdsa) : null;
                }
            default:
                // An intermediate of a kind that is never served itself.
                return null;
        }
    }

    private static bool SamePublicKey(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    private static string? Objection(ServerCertificate certificate, X509Certificate2 leaf, string? hostname, DateTimeOffset now)
    {
        if (certificate.NotAfter <= now) return $"it expired at {Text(certificate.NotAfter)}; renew it";
        if (certificate.NotBefore > now) return $"it is not valid before {Text(certificate.NotBefore)}; check this host's clock";
        if (leaf.GetRSAPublicKey() is { KeySize: < MinRsaBits } rsa)
            return $"its RSA key has {rsa.KeySize} bits; TLS libraries refuse less than {MinRsaBits}";

        var usages = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages;
        if (usages is not null && !usages.Cast<Oid>().Any(usage => usage.Value is ServerAuthenticationOid or AnyUsageOid))
            return "its extended key usage leaves out server authentication; issue it for TLS servers";

        if (hostname is null || certificate.Covers(hostname)) return null;
        var names = certificate.Names.Count == 0 ? "no DNS name" : string.Join(", ", certificate.Names);
        return $"it is for {names} and not for hostname {hostname}, so clients would refuse it; issue it for that name, "
            + "or put the certificate that has it first";
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
