using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LocalControlPlane.Authentication;

/// <summary>The API server's own certificate authority: it signs the server's certificate and the administrator's.</summary>
public sealed class ServerAuthority : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    // Leaves are made anew at each start that finds less than this left; the authority outlives the host.
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(90);
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);

    private readonly X509Certificate2 _certificate;
    private readonly string _folder;
    private readonly TimeProvider _clock;

    private ServerAuthority(X509Certificate2 certificate, string folder, TimeProvider clock)
    {
        _certificate = certificate;
        _folder = folder;
        _clock = clock;
    }

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Reads the authority of a folder, or makes it.</summary>
    public static ServerAuthority Open(string folder, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        PrivateFile.MakeFolder(folder);
        var (certificateFile, keyFile) = (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=sstp-operator local authority", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
            request.CertificateExtensions.Add(
                new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            using var made = request.CreateSelfSigned(clock.GetUtcNow().AddHours(-1), clock.GetUtcNow() + AuthorityLife);
            PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
            PrivateFile.Write(certificateFile, made.ExportCertificatePem());
        }

        return new ServerAuthority(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), folder, clock);
    }

    /// <summary>The server's certificate; made anew when it nears its end or lacks a name.</summary>
    public X509Certificate2 ServerCertificate(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Leaf("server", "CN=sstp-operator local API server", ServerUse, names);
    }

    /// <summary>The administrator's certificate, by the rule of Kubernetes: the name in CN, groups in O.</summary>
    public X509Certificate2 AdministratorCertificate() =>
        Leaf("admin", $"O={Identity.Masters}, CN={Identity.Administrator.Name}", ClientUse, []);

    /// <summary>Whether this authority issued a client's certificate, and it is in its time.</summary>
    public bool Trusts(X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientUse);
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        return chain.Build(client);
    }

    public void Dispose() => _certificate.Dispose();

    private X509Certificate2 Leaf(string file, string subject, Oid use, IReadOnlyCollection<string> names)
    {
        var (certificateFile, keyFile) = (Path.Combine(_folder, file + ".crt"), Path.Combine(_folder, file + ".key"));
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            var found = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            if (IsGood(found, names)) return found;
            found.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (names.Count > 0) request.CertificateExtensions.Add(Names(names));
        using var made = request.Create(
            _certificate, _clock.GetUtcNow().AddHours(-1), _clock.GetUtcNow() + LeafLife, RandomNumberGenerator.GetBytes(16));
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, made.ExportCertificatePem());
        return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
    }

    private bool IsGood(X509Certificate2 found, IReadOnlyCollection<string> names) =>
        found.NotAfter.ToUniversalTime() > (_clock.GetUtcNow() + Margin).UtcDateTime
        && names.All(name => found.MatchesHostname(name, allowWildcards: false, allowCommonName: false));

    private static X509Extension Names(IReadOnlyCollection<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }

        return builder.Build();
    }
}
