using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpTransport.Tls;

namespace SstpTransport.Tests.Tls;

/// <summary>TLS inside the process, between a server with a certificate of its own and a client that trusts it.</summary>
internal static class TestTls
{
    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public static SslClientAuthenticationOptions Client(
        X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None) =>
        new()
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { certificate },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };

    public static async Task<(SslStream Server, SslStream Client)> ConnectAsync(
        SslServerAuthenticationOptions serverOptions, SslClientAuthenticationOptions clientOptions)
    {
        var (near, far) = LinkedStream.Pair();
        var (server, client) = (new SslStream(far), new SslStream(near));
        try
        {
            var serving = server.AuthenticateAsServerAsync(serverOptions);
            var calling = client.AuthenticateAsClientAsync(clientOptions);
            // Whoever fails leaves the other waiting.
            await await Task.WhenAny(serving, calling);
            await Task.WhenAll(serving, calling);
            return (server, client);
        }
        catch
        {
            await server.DisposeAsync();
            await client.DisposeAsync();
            throw;
        }
    }
}
