using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.Acme;

/// <summary>A certificate and those above it, as a CA hands them out: the leaf first,
/// each signed by the next, without the root.</summary>
internal sealed class CertificateChain
{
    private CertificateChain(string pem, X509Certificate2Collection certificates)
    {
        Pem = pem;
        Leaf = certificates[0];
        TopIssuer = certificates[^1].GetNameInfo(X509NameType.SimpleName, forIssuer: true);
    }

    /// <summary>For tls.crt.</summary>
    public string Pem { get; }

    public X509Certificate2 Leaf { get; }

    /// <summary>Common name of the issuer of the last certificate: by it people choose between chains.</summary>
    public string TopIssuer { get; }

    /// <returns>False unless it is at least one certificate, each issued by the one after it.</returns>
    public static bool TryRead(string pem, out CertificateChain? chain)
    {
        chain = null;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        if (certificates.Count == 0) return false;

        for (var i = 0; i + 1 < certificates.Count; i++)
        {
            if (!certificates[i].IssuerName.RawData.AsSpan().SequenceEqual(certificates[i + 1].SubjectName.RawData)) return false;
        }

        chain = new CertificateChain(
            string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n")), certificates);
        return true;
    }

    /// <summary>What is wrong with it as the answer to an order; null when nothing is.</summary>
    public string? Objection(PrivateKey key, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (!key.Matches(Leaf)) return "the CA's certificate is for another key than the one ordered with";
        if (Leaf.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            return $"the CA's certificate expired at {Leaf.NotAfter.ToUniversalTime():u}";

        var covered = CertificateNames.Of(Leaf);
        return names.FirstOrDefault(name => !covered.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } missing
            ? $"the CA's certificate does not have the name {missing}"
            : null;
    }
}
