using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeApi.Credentials;

/// <summary>The certificate authorities of one cluster: these and no others.
/// Read anew for each handshake, so a rotation is followed.</summary>
/// <param name="readPem">One or more certificates in PEM.</param>
/// <param name="serverName">The name to find in the certificate; null for the one that was dialled.</param>
public sealed class TrustedRoots(Func<string> readPem, string? serverName = null)
{
    private X509Certificate2Collection _last = [];

    public static TrustedRoots FromFile(string path, string? serverName = null) => new(() => File.ReadAllText(path), serverName);

    /// <summary>Whether a certificate may be the API server's.</summary>
    public bool Accept(X509Certificate2? shown, X509Chain? received, SslPolicyErrors errors)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return false;
        if (serverName is not null
            ? !shown.MatchesHostname(serverName)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Read());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;    // clusters' own authorities publish no lists
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (received is not null)
            foreach (var element in received.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);

        return chain.Build(shown);
    }

    private X509Certificate2Collection Read()
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(readPem());
            if (roots.Count > 0) _last = roots;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The volume may be in the middle of a swap. The roots of the last handshake stay; with none, nothing is accepted.
        }

        return _last;
    }
}
