using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpClient.Probe.Reports;

namespace SstpClient.Probe.Steps;

/// <summary>Step 3: the handshake. A bad certificate does not end it, so that the report can say all that is wrong;
/// no byte follows it.</summary>
internal static class TlsHandshake
{
    // id-kp-serverAuth (RFC 5280 4.2.1.12)
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <param name="now">To count the days that are left; whether it has expired is judged by the system's clock.</param>
    /// <exception cref="AuthenticationException">No handshake comes about at all.</exception>
    public static async Task<TlsFindings> RunAsync(
        SslStream stream, ProbeTarget target, DateTimeOffset now, CancellationToken timeout)
    {
        CertificateFindings? certificate = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = target.Host,
            CertificateChainPolicy = ChainPolicy(target.Authorities),
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            {
                certificate = shown is X509Certificate2 leaf ? CertificateFindings.Of(leaf, chain, errors, target.Host) : null;
                return certificate is not null;
            },
        };
        await stream.AuthenticateAsClientAsync(options, timeout);

        var daysLeft = (int)Math.Floor((certificate!.NotAfter - now).TotalDays);
        return new TlsFindings(
            NameOf(stream.SslProtocol), stream.NegotiatedCipherSuite.ToString(), certificate.Subject, certificate.Issuer,
            certificate.Names, certificate.NotBefore, certificate.NotAfter, daysLeft, certificate.Sha256, certificate.Problems)
        {
            Serial = certificate.Serial,
            Faults = certificate.Faults,
        };
    }

    private static X509ChainPolicy ChainPolicy(IReadOnlyList<X509Certificate2> authorities)
    {
        // As Windows' client by default: a responder that is down must not keep people out. Nor does a probe ask one.
        // Nor does it fetch issuers from where the certificate says: that would let whoever
        // is probed have any URL fetched from here.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (authorities.Count == 0) return policy;

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var authority in authorities) policy.CustomTrustStore.Add(authority);
        return policy;
    }

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
