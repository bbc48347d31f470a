using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using GatewayConfig.Tls;
using SstpGateway.Certificates;
using SstpGateway.Listening;

namespace SstpGateway.Tests.Listening;

/// <summary>docs/adr/0002-alpn.md, with the ClientHello read as the listener reads it.</summary>
public sealed class AlpnTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("http/1.1", "http/1.1")]
    [InlineData("h2,http/1.1", "http/1.1")]
    [InlineData("h2", "")]
    [InlineData("sstp", "")]
    public async Task Selects_http_1_1_where_it_is_offered_and_goes_on_without_ALPN_where_it_is_not(
        string offered, string selected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var far = await listener.AcceptTcpClientAsync();
        await using var client = new SslStream(near.GetStream());
        var serving = ServeAsync(far.GetStream());

        await client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "vpn.example.org",
            ApplicationProtocols =
            [
                .. offered.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new SslApplicationProtocol(name)),
            ],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=vpn.example.org",
        });

        await using var server = await serving;
        Assert.Equal(selected, client.NegotiatedApplicationProtocol.ToString());
    }

    private static async Task<SslStream> ServeAsync(NetworkStream connection)
    {
        var (hello, received) = await ClientHelloPeek.ReadAsync(connection, CancellationToken.None);
        var certificate = PlaceholderCertificate.Create("vpn.example.org", DateTimeOffset.UtcNow);
        var tls = new SslStream(new SstpTransport.Framing.ReplayStream(connection, received));
        await tls.AuthenticateAsServerAsync(
            ServerTlsPolicy.Options(new TlsConfig(), certificate.Context, hello!.ApplicationProtocols.Contains("http/1.1")));
        return tls;
    }
}
