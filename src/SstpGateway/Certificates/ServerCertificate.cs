using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;
using SstpGateway.Listening;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpGateway.Certificates;

/// <summary>A certificate the listener can present, with all that a call needs to know about it.
/// Never changes, so a call may hold on to the one it saw.</summary>
public sealed class ServerCertificate
{
    private volatile SslStreamCertificateContext _context;

    /// <param name="leaf">With its private key. Belongs to this object from now on and is never disposed:
    /// a handshake may be using it.</param>
    /// <param name="chain">Certificates to send after the leaf, in any order; others in it do no harm.</param>
    internal ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain, bool isPlaceholder)
    {
        // offline: building the chain must not wait for a server that some certificate names.
        _context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
        Digests = CertificateDigests.FromDer(leaf.RawDataMemory.Span);
        Names = CertificateNames.Of(leaf);
        SerialNumber = leaf.SerialNumber;
        Issuer = leaf.Issuer;
        KeyAlgorithm = leaf.PublicKey.Oid.FriendlyName ?? leaf.PublicKey.Oid.Value ?? "unknown";
        NotBefore = leaf.NotBefore.ToUniversalTime();
        NotAfter = leaf.NotAfter.ToUniversalTime();
        IsPlaceholder = isPlaceholder;
        HasOcsp = OcspStapling.IsOffered(leaf);
        if (HasOcsp) Stapling = Task.Run(() => PrepareStapling(leaf, chain));
        SharedContexts = new SharedContexts(this);
    }

    /// <summary>For <see cref="SslServerAuthenticationOptions.ServerCertificateContext"/>.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <summary>The native contexts of connections that present this certificate.</summary>
    internal SharedContexts SharedContexts { get; }

    /// <summary>What the crypto binding of a call over this certificate is checked with.</summary>
    public CertificateDigests Digests { get; }

    /// <summary>Made by the gateway itself, until a real one is there: whoever presents it must not take SSTP calls.</summary>
    public bool IsPlaceholder { get; }

    /// <summary>Whether an OCSP answer is sent along once it has been fetched.</summary>
    public bool HasOcsp { get; }

    /// <summary>Completes when handshakes begin to fetch OCSP answers; never faults.</summary>
    internal Task Stapling { get; } = Task.CompletedTask;

    /// <summary>DNS names in lower case, wildcards as written; the common name when
    /// the certificate has no alternative names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>"RSA" or "ECC".</summary>
    public string KeyAlgorithm { get; }

    /// <summary>Hexadecimal.</summary>
    public string SerialNumber { get; }

    public string Issuer { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public ServedCertificate Report() => new()
    {
        Names = Names,
        SerialNumber = SerialNumber,
        Issuer = Issuer,
        NotBefore = NotBefore,
        NotAfter = NotAfter,
        Sha256 = Convert.ToHexStringLower(Digests.Sha256),
        IsPlaceholder = IsPlaceholder,
        HasOcsp = HasOcsp,
    };

    /// <summary>Whether a client that dialled this name would find it in the certificate (RFC 6125 section 6.4).</summary>
    public bool Covers(string hostName) => Names.Any(name => CertificateNames.Match(name, hostName));

    /// <summary>A context that fetches OCSP answers builds its chain online, which may take seconds:
    /// until it is there, the first one serves.</summary>
    /// <remarks>It fetches them only when it finds the root: in the host's store,
    /// at the place the chain names, or in the file.</remarks>
    private void PrepareStapling(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        try
        {
            _context = SslStreamCertificateContext.Create(leaf, chain, offline: false);
        }
        catch (CryptographicException)
        {
            // Handshakes go on without an answer, as they do while the responder is away.
        }
    }
}
