using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;

namespace Operator.Gateways.Channel;

/// <summary>What the operator shows to gateways, and whom it believes. Never changes; rotation makes another one.</summary>
public sealed class ChannelCredentials
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _anchors = [];

    /// <param name="own">The operator's certificate: <see cref="ChannelAuthority.IssueOperator"/>.</param>
    /// <param name="trustBundle">PEM: <see cref="ChannelAuthority.TrustBundle"/>.</param>
    /// <exception cref="CryptographicException">One of them cannot be read.</exception>
    public ChannelCredentials(CertificatePem own, string trustBundle)
    {
        Own = X509Certificate2.CreateFromPem(own.Chain, own.Key);
        _anchors.ImportFromPem(trustBundle);
    }

    /// <summary>With its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Whether a server's certificate is of the channel's CA, for that name, for servers, and in its time.</summary>
    public bool Trusts(X509Certificate2 server, string serverName, DateTimeOffset now)
    {
        if (!server.MatchesHostname(serverName, allowWildcards: false, allowCommonName: false)) return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_anchors);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthenticationOid));
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // This CA issues for 90 days and publishes no list; withdrawing means changing the CA.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }
}
