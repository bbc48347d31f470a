using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Challenges;

/// <summary>The certificate that answers one TLS-ALPN-01 challenge (RFC 8737 section 3).</summary>
internal sealed class AcmeCertificate
{
    /// <summary>id-pe-acmeIdentifier (RFC 8737 section 6.1).</summary>
    public const string IdentifierOid = "1.3.6.1.5.5.7.1.31";

    /// <summary>The protocol in ALPN by which a CA asks for it (RFC 8737 section 6.2).</summary>
    public static readonly SslApplicationProtocol Protocol = new("acme-tls/1");

    private AcmeCertificate(X509Certificate2 certificate, ReadOnlyMemory<byte> digest)
    {
        Digest = digest;
        Context = SslStreamCertificateContext.Create(certificate, [], offline: true);
    }

    /// <summary>SHA-256 of the key authorization.</summary>
    public ReadOnlyMemory<byte> Digest { get; }

    public SslStreamCertificateContext Context { get; }

    /// <param name="name">The one name to be proved; in the form that goes over the wire ("xn--...").</param>
    public static AcmeCertificate Create(string name, ReadOnlyMemory<byte> digest, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ACME challenge", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());

        // Authorization ::= OCTET STRING (SIZE (32))
        var authorization = new AsnWriter(AsnEncodingRules.DER);
        authorization.WriteOctetString(digest.Span);
        request.CertificateExtensions.Add(new X509Extension(IdentifierOid, authorization.Encode(), critical: true));
        return new AcmeCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7)), digest);
    }
}
