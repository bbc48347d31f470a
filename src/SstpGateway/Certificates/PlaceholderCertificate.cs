using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Certificates;

/// <summary>The self-signed certificate that the listener presents until it has a real one.</summary>
internal static class PlaceholderCertificate
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <param name="hostname">The name it is made out to; without one, "localhost" as web servers' packages do.
    /// Nothing in it speaks of a VPN.</param>
    public static ServerCertificate Create(string? hostname, DateTimeOffset now)
    {
        var name = hostname ?? "localhost";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedNameBuilder().With(name), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthenticationOid)], critical: false));

        // A day back, so that a client whose clock is behind still finds it in its time.
        return new ServerCertificate(request.CreateSelfSigned(now.AddDays(-1), now + Lifetime), [], isPlaceholder: true);
    }

    private static X500DistinguishedName With(this X500DistinguishedNameBuilder builder, string commonName)
    {
        // The upper bound of a common name is 64 characters (RFC 5280 appendix A.1, ub-common-name);
        // the alternative name holds it whole.
        const int maxLength = 64;
        builder.AddCommonName(commonName.Length <= maxLength ? commonName : commonName[..maxLength]);
        return builder.Build();
    }
}
