using System.Net.Security;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tls;

/// <summary>What docs/adr/0002-alpn.md decides.</summary>
public sealed class AlpnTests(Site site, ITestOutputHelper report) : Scenario(report, site), IClassFixture<Site>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: vpn.example.test\r\nConnection: close\r\n\r\n";

    [RequiresFact("ip")]
    public async Task A_visitor_who_offers_h2_alone_gets_the_decoy_over_HTTP_1_1()
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace, SslApplicationProtocol.Http2);
        Assert.Equal(default, call.ApplicationProtocol);

        await call.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\nServer: nginx\r\n", await call.ReadHeadAsync());
    }

    [RequiresFact("ip")]
    public async Task A_browser_that_offers_both_gets_HTTP_1_1()
    {
        await using var call = await RawCall.ConnectAsync(
            Laboratory.Client.Namespace, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);
        Assert.Equal(SslApplicationProtocol.Http11, call.ApplicationProtocol);

        await call.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await call.ReadHeadAsync());
    }

    [RequiresFact("ip")]
    public async Task SSTP_over_a_connection_that_agreed_on_HTTP_1_1_is_a_call()
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace, SslApplicationProtocol.Http11);
        await call.SendAsync(Octets.Preamble);
        Assert.StartsWith("HTTP/1.1 200", await call.ReadHeadAsync());
        await using var logIn = new RawLogIn(call);
        await logIn.AskAsync();
    }
}
