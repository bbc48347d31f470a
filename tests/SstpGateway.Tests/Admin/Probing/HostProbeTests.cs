using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using GatewayConfig.Channel;
using SstpGateway.Admin.Probing;
using TestSupport.Certificates;

namespace SstpGateway.Tests.Admin.Probing;

public sealed class HostProbeTests
{
    [Fact]
    public async Task What_is_looked_at_does_not_choose_what_else_is_asked()
    {
        using var trap = new IssuerTrap();
        using var certificate = trap.Issue("vpn.example.org");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndpoint);
        using var far = await listener.AcceptSocketAsync();
        await using var server = new SslStream(new NetworkStream(far));
        var serving = server.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [], offline: true),
            });

        var seen = await HostProbe.LookInsideAsync(
            near, new ProbeRequest { Host = "vpn.example.org", Depth = ProbeDepth.Tls },
            new ProbeResult(), CancellationToken.None);
        await serving;

        Assert.Equal("CN=Nobody", seen.Certificate!.Issuer);
        Assert.Equal(certificate.ExportCertificatePem(), Assert.Single(seen.Chain!));
        Assert.False(trap.WasAsked);
    }
}
