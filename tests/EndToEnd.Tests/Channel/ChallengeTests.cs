using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using GatewayConfig.Channel;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Channel;

/// <summary>ACME challenges and revocation lists, asked for as a CA and a client of Windows do.</summary>
public sealed class ChallengeTests(ChallengeTests.SiteForCalls site, ITestOutputHelper report)
    : ChannelScenario(site.Pod, report), IClassFixture<ChallengeTests.SiteForCalls>
{
    // Where the other host reaches the gateway.
    private static readonly IPAddress SeenByOther = IPAddress.Parse("203.0.113.1");

    private const string IdentifierOid = "1.3.6.1.5.5.7.1.31";

    [RequiresFact("ip", "ping")]
    public async Task TLS_ALPN_01_is_answered_on_443_from_anywhere_while_a_call_goes_on()
    {
        Pod.MountTls(Laboratory.Authority.Issue(Laboratory.GatewayName));
        await WaitForAsync("a certificate", async () => (await StatusAsync()).Obstacles.Count == 0);
        var call = Dial();
        await call.WaitForRoutesAsync();
        var digest = SHA256.HashData("token.thumb"u8);
        using var channel = Pod.Open();

        // The other host is not of the allowed sources; before a challenge it gets nothing.
        await Assert.ThrowsAnyAsync<Exception>(() => ShowAsync(Laboratory.Other.Namespace));
        var report = await channel.PutTlsAlpnChallengeAsync(
            Laboratory.GatewayName, new TlsAlpnChallenge(Convert.ToHexString(digest)), CancellationToken.None);

        Assert.True(report.IsServing, report.Problem);
        Assert.Equal([Laboratory.GatewayName], (await StatusAsync()).TlsAlpnChallenges);
        var shown = await ShowAsync(Laboratory.Other.Namespace);
        var identifier = Assert.Single(shown.Extensions, extension => extension.Oid?.Value == IdentifierOid);
        Assert.True(identifier.Critical);
        Assert.Equal([0x04, 0x20, .. digest], identifier.RawData);
        await Assert.ThrowsAnyAsync<Exception>(() => ShowAsync(Laboratory.Other.Namespace, SslApplicationProtocol.Http11));
        await PingAsync(call, Laboratory.InsideHost);

        await channel.DeleteTlsAlpnChallengeAsync(Laboratory.GatewayName, CancellationToken.None);
        await Assert.ThrowsAnyAsync<Exception>(() => ShowAsync(Laboratory.Other.Namespace));
        Assert.Empty((await StatusAsync()).TlsAlpnChallenges);
    }

    [RequiresFact("ip")]
    public async Task HTTP_01_is_answered_on_port_80_which_is_closed_before_and_after()
    {
        using var channel = Pod.Open();
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync("/"));

        var report = await channel.PutHttpChallengeAsync("token", new HttpChallenge("token.thumb"), CancellationToken.None);

        Assert.True(report.IsServing, report.Problem);
        Assert.Equal(["0.0.0.0:80"], report.Addresses);
        Assert.Equal(["token"], (await StatusAsync()).HttpChallenges);
        Assert.EndsWith("\r\n\r\ntoken.thumb", await AskAsync("/.well-known/acme-challenge/token"), StringComparison.Ordinal);
        Assert.Contains(
            $"\r\nLocation: https://{Laboratory.GatewayName}/other\r\n", await AskAsync("/other"), StringComparison.Ordinal);

        await channel.DeleteHttpChallengeAsync("token", CancellationToken.None);
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync("/"));
    }

    [RequiresFact("ip")]
    public async Task A_revocation_list_is_served_over_plain_HTTP_also_after_a_restart()
    {
        byte[] list = [0x30, 0x03, 0x02, 0x01, 0x00];
        using (var channel = Pod.Open())
            Assert.True((await channel.PublishRevocationListAsync("office.crl", list, CancellationToken.None)).IsServing);

        await Gateway.KillAsync();
        await Gateway.RestartAsync();

        await WaitForAsync("the list after the restart", async () =>
        {
            try
            {
                return (await AskAsync(RevocationListPath.Of("office.crl")))
                    .EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(list), StringComparison.Ordinal);
            }
            catch (SocketException)
            {
                return false;
            }
        });
        Assert.Equal(ContentDigest.Of(list), (await StatusAsync()).RevocationLists["office.crl"]);
        using (var channel = Pod.Open()) await channel.WithdrawRevocationListAsync("office.crl", CancellationToken.None);
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync("/"));
    }

    private static async Task<X509Certificate2> ShowAsync(NetworkNamespace from, SslApplicationProtocol? protocol = null)
    {
        using var timer = new CancellationTokenSource(Soon);
        using var socket = await from.ConnectAsync(new(SeenByOther, 443), timer.Token);
        await using var tls = new SslStream(new NetworkStream(socket));
        var wanted = protocol ?? new SslApplicationProtocol("acme-tls/1");
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Laboratory.GatewayName,
                ApplicationProtocols = [wanted],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            timer.Token);
        Assert.Equal(wanted, tls.NegotiatedApplicationProtocol);
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }

    private async Task<string> AskAsync(string path)
    {
        using var timer = new CancellationTokenSource(Soon);
        using var socket = await Laboratory.Other.Namespace.ConnectAsync(new(SeenByOther, 80), timer.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Laboratory.GatewayName}\r\nConnection: close\r\n\r\n"),
            timer.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(timer.Token);
    }

    /// <summary>Calls come from the client's own network only.</summary>
    public sealed class SiteForCalls : IAsyncLifetime
    {
        public PodSite Pod { get; } = new() { AllowedSources = "192.0.2.0/24" };

        public Task InitializeAsync() => Pod.InitializeAsync();

        public Task DisposeAsync() => Pod.DisposeAsync();
    }
}
