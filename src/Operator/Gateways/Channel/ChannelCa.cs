using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;

namespace Operator.Gateways.Channel;

/// <summary>One generation of the channel's CA: a self-signed certificate and its key, as PEM.</summary>
public sealed class ChannelCa
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(730);

    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(90);

    // Clocks of nodes differ.
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    private readonly CertificatePem _pem;

    /// <exception cref="CryptographicException">The texts are no certificate and its key.</exception>
    public ChannelCa(CertificatePem pem)
    {
        _pem = pem;
        using var certificate = X509Certificate2.CreateFromPem(pem.Chain);
        (Created, Expires) = (certificate.NotBefore.ToUniversalTime() + Backdating, certificate.NotAfter.ToUniversalTime());
    }

    public DateTimeOffset Created { get; }

    public DateTimeOffset Expires { get; }

    public string CertificatePem => _pem.Chain;

    public string KeyPem => _pem.Key;

    public static ChannelCa Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The time tells generations apart, for people and for chains.
        var request = new CertificateRequest(
            $"CN=sstp-operator channel {now.UtcDateTime:yyyyMMdd-HHmmss}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - Backdating, now + Lifetime);
        return new ChannelCa(new CertificatePem(Line(certificate.ExportCertificatePem()), Line(key.ExportPkcs8PrivateKeyPem())));
    }

    /// <summary>A certificate with a new key.</summary>
    /// <param name="names">Its alternative names.</param>
    /// <param name="usage">OID of its extended key usage.</param>
    public CertificatePem Issue(IReadOnlyList<string> names, string usage, DateTimeOffset now)
    {
        using var issuer = X509Certificate2.CreateFromPem(_pem.Chain, _pem.Key);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Names may be longer than a common name can be (64); the alternative name is the one that counts.
        var request = new CertificateRequest("CN=sstp-operator channel peer", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var issued = request.Create(issuer, now - Backdating, now + LeafLifetime, SerialNumber());
        return new CertificatePem(Line(issued.ExportCertificatePem()), Line(key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Whether it signed that certificate.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var own = X509Certificate2.CreateFromPem(_pem.Chain);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Who signed is asked here, not when.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    // RFC 5280 4.1.2.2: positive, at most 20 octets.
    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] &= 0x7F;
        return number;
    }

    private static string Line(string pem) => pem + "\n";
}
