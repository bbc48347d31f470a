using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TestSupport.Certificates;

/// <summary>Certificates that say where their issuer's can be fetched (caIssuers, RFC 5280 section 4.2.2.1),
/// and the place that they name.</summary>
/// <remarks>The place takes connections and answers nobody: whoever builds a chain has asked,
/// or has not, when the handshake is over.</remarks>
public sealed class IssuerTrap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public IssuerTrap() => _listener.Start();

    /// <summary>Whether somebody came for the issuer.</summary>
    public bool WasAsked => _listener.Pending();

    /// <summary>A server's certificate with its key, from an issuer that nobody knows.</summary>
    public X509Certificate2 Issue(string dnsName, params ReadOnlySpan<X509Extension> more)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={dnsName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension(null, [$"http://{_listener.LocalEndpoint}/issuer.cer"]));
        foreach (var extension in more) request.CertificateExtensions.Add(extension);

        using var nobody = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = request.Create(
            new X500DistinguishedName("CN=Nobody"),
            X509SignatureGenerator.CreateForECDsa(nobody), DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(16));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    public void Dispose() => _listener.Dispose();
}
