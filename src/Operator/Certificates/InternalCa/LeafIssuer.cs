using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.InternalCa;

/// <summary>Signs server and client certificates (RFC 5280 section 4). Pure but for the serial number.</summary>
internal static class LeafIssuer
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <returns>The certificate and those above it, without the root, as PEM for tls.crt.</returns>
    public static string Issue(Authority authority, LeafRequest leaf, PrivateKey key, DateTimeOffset now)
    {
        var request = key.Request(DistinguishedName.Of(leaf.Subject));
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(Usage(key), critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Purposes(leaf), critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority.Issuing, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (Alternatives(leaf) is { } alternatives) request.CertificateExtensions.Add(alternatives);
        if (leaf.RevocationList is { } list)
        {
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list.AbsoluteUri]));
        }

        DateTimeOffset issuerEnd = authority.Issuing.NotAfter.ToUniversalTime();
        var end = now + leaf.Lifetime < issuerEnd ? now + leaf.Lifetime : issuerEnd;
        using var certificate = request.Create(
            authority.Issuing.SubjectName, authority.Key.SignatureGenerator(), now - ClockTolerance, end, SerialNumber.Next());
        return string.Concat(
            authority.Above.Prepend(authority.Issuing).Prepend(certificate).Select(part => part.ExportCertificatePem() + "\n"));
    }

    /// <summary>RSA keys of servers also take part in the key exchange of old clients.</summary>
    private static X509KeyUsageFlags Usage(PrivateKey key) =>
        key.IsRsa ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.DigitalSignature;

    private static OidCollection Purposes(LeafRequest leaf)
    {
        var purposes = new OidCollection();
        if (leaf.Server) purposes.Add(new Oid(ServerAuthentication));
        if (leaf.Client) purposes.Add(new Oid(ClientAuthentication));
        return purposes;
    }

    private static X509Extension? Alternatives(LeafRequest leaf)
    {
        if (leaf.Names.Count == 0 && leaf.UserPrincipalName is null) return null;

        var builder = CertificateNames.Alternatives(leaf.Names);
        if (leaf.UserPrincipalName is { } user) builder.AddUserPrincipalName(user);
        return builder.Build();
    }
}
