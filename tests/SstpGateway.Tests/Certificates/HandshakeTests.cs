using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SstpGateway.Certificates;

namespace SstpGateway.Tests.Certificates;

public sealed class HandshakeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(2048)]
    public async Task Sends_the_leaf_with_its_intermediate_to_a_client_that_knows_only_the_root(int? rsaBits)
    {
        var now = DateTimeOffset.UtcNow;
        var authority = new TestAuthority(now);
        var issued = authority.Issue(new TestLeaf { Names = ["vpn.example.org"], RsaBits = rsaBits });
        Assert.True(CertificateReader.TryRead(
            issued.Pem + authority.IntermediatePem, issued.KeyPem, null, now, out var certificate, out _));
        using var root = X509Certificate2.CreateFromPem(authority.RootPem);

        var client = new SslClientAuthenticationOptions
        {
            TargetHost = "vpn.example.org",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };

        // The client's own check throws when the chain does not reach the root.
        Assert.Equal(issued.Certificate.Thumbprint, await ConnectAsync(client, certificate));
    }

    [Fact]
    public async Task Presents_the_placeholder_that_a_client_must_not_trust()
    {
        var placeholder = PlaceholderCertificate.Create(new string('a', 60) + ".example.org", DateTimeOffset.UtcNow);
        var errors = SslPolicyErrors.None;
        var client = new SslClientAuthenticationOptions
        {
            TargetHost = placeholder.Names[0],
            RemoteCertificateValidationCallback = (_, _, _, found) =>
            {
                errors = found;
                return found == SslPolicyErrors.RemoteCertificateChainErrors;
            },
        };

        await ConnectAsync(client, placeholder);

        Assert.Equal(SslPolicyErrors.RemoteCertificateChainErrors, errors);
    }

    /// <returns>The thumbprint of the certificate the client saw.</returns>
    private static async Task<string> ConnectAsync(SslClientAuthenticationOptions client, ServerCertificate certificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var far = await listener.AcceptTcpClientAsync();
        await using var nearTls = new SslStream(near.GetStream());
        await using var farTls = new SslStream(far.GetStream());

        var serving = farTls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context });
        await nearTls.AuthenticateAsClientAsync(client);
        await serving;
        return nearTls.RemoteCertificate!.GetCertHashString();
    }
}
