using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.InternalCa;

/// <summary>Makes a root and an issuing authority below it. Pure but for the keys.</summary>
internal static class AuthorityFactory
{
    /// <summary>So that a client whose clock is behind accepts it.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    public static (string CertificatePem, PrivateKey Key) CreateRoot(AuthoritySettings settings, DateTimeOffset now)
    {
        var key = PrivateKey.Create(settings.KeyAlgorithm);
        var subject = DistinguishedName.Of($"{settings.Name} root", $"{now:yyyy}");
        var request = Request(key, subject, settings, pathLength: 1);
        using var certificate = request.Create(
            subject, key.SignatureGenerator(), now - ClockTolerance, now + settings.RootLifetime, SerialNumber.Next());
        return (certificate.ExportCertificatePem() + "\n", key);
    }

    /// <param name="rootPem">The root's certificate.</param>
    public static (string CertificatePem, PrivateKey Key) CreateIssuing(
        AuthoritySettings settings, string rootPem, PrivateKey rootKey, DateTimeOffset now)
    {
        using var root = X509Certificate2.CreateFromPem(rootPem);
        var key = PrivateKey.Create(settings.KeyAlgorithm);
        var request = Request(key, DistinguishedName.Of($"{settings.Name} issuing", $"{now:yyyy-MM}"), settings, pathLength: 0);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = now + settings.IssuingLifetime < root.NotAfter ? now + settings.IssuingLifetime : root.NotAfter;
        using var certificate = request.Create(
            root.SubjectName, rootKey.SignatureGenerator(), now - ClockTolerance, end, SerialNumber.Next());
        return (certificate.ExportCertificatePem() + "\n", key);
    }

    private static CertificateRequest Request(
        PrivateKey key, X500DistinguishedName subject, AuthoritySettings settings, int pathLength)
    {
        var request = key.Request(subject);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLength, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (settings.Constraints is { } constraints && NameConstraintsExtension.Create(constraints) is { } extension)
            request.CertificateExtensions.Add(extension);
        return request;
    }
}
