using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.InternalCa;

/// <summary>An authority that can issue: the certificate that signs, its key, and the way up to the root.</summary>
/// <remarks>Self-made (<see cref="AuthorityFactory"/>) or brought along in a Secret:
/// from here on there is no difference.</remarks>
internal sealed class Authority : IDisposable
{
    private Authority(X509Certificate2 issuing, PrivateKey key, IReadOnlyList<X509Certificate2> above, X509Certificate2 root)
    {
        Issuing = issuing;
        Key = key;
        Above = above;
        Root = root;
    }

    public X509Certificate2 Issuing { get; }

    public PrivateKey Key { get; }

    /// <summary>Certificates between <see cref="Issuing"/> and the root, without the root.</summary>
    public IReadOnlyList<X509Certificate2> Above { get; }

    /// <summary>What clients have to trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Identifies the authority by its root: a new issuing certificate below the same root is the same issuer.</summary>
    public string Id => $"internal:{Convert.ToHexStringLower(SHA256.HashData(Root.RawData))[..16]}";

    /// <param name="chainPem">The issuing certificate, those
    /// above it, and the root unless it is in <paramref name="rootPem"/>.</param>
    /// <param name="rootPem">Null when <paramref name="chainPem"/> ends with the root.</param>
    /// <returns>Null with the objection, for the user: what is wrong with the Secret and what to put there.</returns>
    public static (Authority? Authority, string? Objection) Read(
        string chainPem, string keyPem, string? rootPem, DateTimeOffset now)
    {
        var chain = new X509Certificate2Collection();
        var roots = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(chainPem);
            if (rootPem is not null) roots.ImportFromPem(rootPem);
        }
        catch (CryptographicException)
        {
            return (null, "tls.crt or ca.crt is not PEM; put the issuing certificate, and those above it, into tls.crt");
        }

        if (chain.Count == 0)
            return (null, "tls.crt holds no certificate; put the issuing certificate, and those above it, there");
        if (!PrivateKey.TryRead(keyPem, out var key)) return (null, "tls.key is not an unencrypted PEM private key");

        var objection = Objection(chain, roots, key!, now, out var root);
        if (objection is not null)
        {
            key!.Dispose();
            return (null, objection);
        }

        return (new Authority(chain[0], key!, [.. chain.Skip(1).Where(certificate => !IsSelfIssued(certificate))], root!), null);
    }

    public void Dispose() => Key.Dispose();

    private static string? Objection(
        X509Certificate2Collection chain, X509Certificate2Collection roots, PrivateKey key,
        DateTimeOffset now, out X509Certificate2? root)
    {
        root = null;
        if (!key.Matches(chain[0])) return "tls.key is not the key of the first certificate in tls.crt";

        foreach (var certificate in chain.Concat(roots))
        {
            if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault()?.CertificateAuthority != true)
            {
                return $"{certificate.Subject} is not the certificate of an authority (no CA:TRUE); "
                    + "only those belong into tls.crt and ca.crt";
            }

            if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
                return $"{certificate.Subject} expired at {certificate.NotAfter.ToUniversalTime():u}; renew it";
        }

        if (chain[0].Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign))
        {
            return $"{chain[0].Subject} may not sign certificates (key usage without keyCertSign)";
        }

        root = chain.Concat(roots).FirstOrDefault(IsSelfIssued);
        return root is null ? "there is no root: put the self-signed certificate at the top into ca.crt" : null;
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
