using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TestSupport.Certificates;

/// <summary>A certificate authority that lives as long as the tests.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2 _certificate;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(100));
    }

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>An authority that this one has certified: whoever trusts this one needs its
    /// certificate to believe what it issues.</summary>
    public TestAuthority Below()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority below", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        using var issued = request.Create(
            _certificate, DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddDays(90), RandomNumberGenerator.GetBytes(16));
        return new TestAuthority(issued.CopyWithPrivateKey(key));
    }

    /// <summary>For clients to trust.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Another certificate each time, also for the same name.</summary>
    /// <param name="dnsName">A name, or an address.</param>
    /// <param name="days">How long it is valid.</param>
    /// <param name="revocationList">Where it says that a revocation list is; null for none.</param>
    /// <param name="rsa">With an RSA key rather than an ECDSA one.</param>
    /// <param name="moreNames">Further names, and addresses.</param>
    public IssuedCertificate Issue(
        string dnsName, int days = 20, string? revocationList = null, bool rsa = false, IReadOnlyList<string>? moreNames = null)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA modulus
            ? new CertificateRequest($"CN={dnsName}", modulus, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={dnsName}", (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])[dnsName, .. moreNames ?? []])
        {
            if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (revocationList is not null)
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList]));
        using var issued = request.Create(
            _certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_certificate.GetECDsaPrivateKey()!),
            DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(days), RandomNumberGenerator.GetBytes(16));
        return new IssuedCertificate(
            issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), issued.GetCertHashString(HashAlgorithmName.SHA256));
    }

    public void Dispose() => _certificate.Dispose();
}
