using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Admin;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging.Abstractions;
using PrometheusText;
using SstpGateway.Admin;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpGateway.Tests.Certificates;
using SstpGateway.Tests.Support;
using TestSupport.Connections;
using TestSupport.Ports;
using TestSupport.Time;

namespace SstpGateway.Tests.Admin;

public sealed class AdminServerTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly FakeGateway gateway = new();
    private readonly FakeChannel channel = new();
    private readonly PrometheusExporter exporter;

    public AdminServerTests() => TestMeters.NewMetrics(out exporter).ConnectionAccepted();

    [Fact]
    public async Task Says_that_the_process_lives_and_whether_calls_are_welcome()
    {
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);

        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        Assert.Equal("""{"ready":true,"obstacles":[]}""", await client.GetStringAsync("/readyz"));

        gateway.Reasons.Add("No certificate.");
        var response = await client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("""{"ready":false,"obstacles":["No certificate."]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Shows_the_metrics()
    {
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);

        var response = await client.GetAsync("/metrics");

        Assert.Equal(PrometheusExporter.ContentType, response.Content.Headers.ContentType?.ToString());
        Assert.Contains(
            "\nsstp_gateway_connections_accepted_total 1\n",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_sessions_and_ends_one()
    {
        gateway.Sessions.Add(new SessionReport(
            7, "alice", "192.0.2.1:50000", "10.254.0.2", null, DateTimeOffset.UnixEpoch,
            1, 2, "MSRASV5.20", "TLS 1.3", "MS-CHAPv2"));
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);

        Assert.Equal(
            """[{"id":7,"user":"alice","source":"192.0.2.1:50000","address4":"10.254.0.2","prefix6":null,"since":"1970-01-01T00:00:00+00:00","""
            + """ "bytesFromClient":1,"bytesToClient":2,"client":"MSRASV5.20","tlsVersion":"TLS 1.3","method":"MS-CHAPv2"}]""".TrimStart(),
            await client.GetStringAsync("/sessions"));
        Assert.Equal(HttpStatusCode.Accepted, (await client.DeleteAsync("/sessions/7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync("/sessions/8")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync("/sessions/all")).StatusCode);
        Assert.Equal([7L], gateway.Disconnected);
    }

    [Fact]
    public async Task Begins_to_drain_and_is_not_ready_from_then_on()
    {
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);

        var response = await client.PostAsync("/drain", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(gateway.IsDraining);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Takes_no_orders_from_a_web_page()
    {
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/drain", null)).StatusCode);
        Assert.False(gateway.IsDraining);
    }

    [Fact]
    public async Task Serves_on_a_socket_that_only_its_user_and_group_may_use_and_takes_over_a_dead_one()
    {
        var path = folder.File("admin.sock");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Closing removes the path that was bound, which a process that is killed does not.
            dead.Bind(new UnixDomainSocketEndPoint(folder.File("bound.sock")));
            File.Move(folder.File("bound.sock"), path);
        }
        Assert.True(Path.Exists(path));

        await using var server = await StartAsync(new AdminConfig { Listen = "unix:" + path });
        using var client = ClientOf(path);

        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Does_not_take_a_socket_away_from_a_gateway_that_runs_nor_remove_another_file()
    {
        var path = folder.File("admin.sock");
        await using var first = await StartAsync(new AdminConfig { Listen = "unix:" + path });

        await Assert.ThrowsAsync<IOException>(() => StartAsync(new AdminConfig { Listen = "unix:" + path }));
        await Assert.ThrowsAsync<IOException>(() => StartAsync(new AdminConfig { Listen = "unix:" + folder.Write("file", "") }));

        Assert.True(File.Exists(folder.File("file")));
    }

    [Fact]
    public async Task Wants_a_client_certificate_of_the_one_CA_from_other_hosts()
    {
        var authority = new TestAuthority(DateTimeOffset.UtcNow);
        var config = WithTls(authority);
        await using var server = await StartAsync(config);

        var ofTheCa = authority.Issue(new TestLeaf { Names = ["operator"], Usage = TestLeaf.ClientUsage });
        Assert.Equal("ok\n", await GetAsync(config.Tls!.Listen, ofTheCa));

        var stranger = new TestAuthority(DateTimeOffset.UtcNow)
            .Issue(new TestLeaf { Names = ["operator"], Usage = TestLeaf.ClientUsage });
        var expired = authority.Issue(
            new TestLeaf { Names = ["operator"], Usage = TestLeaf.ClientUsage, Ends = TimeSpan.FromHours(-1) });
        var serverOnly = authority.Issue("operator");
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(config.Tls.Listen, stranger));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(config.Tls.Listen, expired));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(config.Tls.Listen, serverOnly));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(config.Tls.Listen, null));
    }

    /// <summary>Over HTTP/2 a peer could leave any number of answers unread.</summary>
    [Fact]
    public async Task Speaks_HTTP_1_also_to_who_would_rather_speak_HTTP_2()
    {
        var authority = new TestAuthority(DateTimeOffset.UtcNow);
        var config = WithTls(authority);
        await using var server = await StartAsync(config);
        var certificate = authority.Issue(new TestLeaf { Names = ["operator"], Usage = TestLeaf.ClientUsage });

        var asOperator = new SslClientAuthenticationOptions
        {
            TargetHost = "gateway.example",
            ClientCertificates = [X509Certificate2.CreateFromPem(certificate.Pem, certificate.KeyPem)],
        };
        var agreed = await RawHttp2Connection.NegotiateAsync(IPEndPoint.Parse(config.Tls!.Listen), asOperator);

        Assert.Equal(SslApplicationProtocol.Http11, agreed);
    }

    [Fact]
    public async Task Gives_a_certificate_for_metrics_the_metrics_and_nothing_else()
    {
        var authority = new TestAuthority(DateTimeOffset.UtcNow);
        var config = WithTls(authority);
        gateway.Sessions.Add(new SessionReport(
            7, "alice", "192.0.2.1:50000", "10.254.0.2", null, DateTimeOffset.UnixEpoch,
            1, 2, "MSRASV5.20", "TLS 1.3", "MS-CHAPv2"));
        await using var server = await StartAsync(config);
        using var prometheus = ClientOf(
            config.Tls!.Listen, authority.Issue(new TestLeaf { Names = [MetricsClient.Name], Usage = TestLeaf.ClientUsage }));

        var metrics = await prometheus.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Contains(
            "\nsstp_gateway_connections_accepted_total 1\n", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var (method, path) in EverythingButMetrics)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = method is "GET" or "HEAD" ? null : new StringContent("{}"),
            };
            using var answer = await prometheus.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
        }

        Assert.Empty(gateway.Disconnected);
        Assert.False(gateway.IsDraining);

        // The operator's is not held back, and one with both names is.
        using var theOperator = ClientOf(
            config.Tls.Listen,
            authority.Issue(new TestLeaf { Names = ["operator.vpngateway.internal"], Usage = TestLeaf.ClientUsage }));
        Assert.Equal(HttpStatusCode.OK, (await theOperator.GetAsync(ChannelRoutes.Status)).StatusCode);
        using var both = ClientOf(
            config.Tls.Listen, authority.Issue(new TestLeaf
            {
                Names = ["operator.vpngateway.internal", MetricsClient.Name.ToUpperInvariant()], Usage = TestLeaf.ClientUsage,
            }));
        Assert.Equal(HttpStatusCode.Forbidden, (await both.GetAsync(ChannelRoutes.Status)).StatusCode);
    }

    /// <summary>Every route that there is, as its own table says, and ways round.</summary>
    private static IEnumerable<(string Method, string Path)> EverythingButMetrics =>
        ((string Method, string Path)[])
        [
            ("GET", "/healthz"), ("GET", "/readyz"), ("GET", ChannelRoutes.Sessions),
            ("DELETE", ChannelRoutes.Session(7)), ("POST", ChannelRoutes.Drain),
            ("GET", ChannelRoutes.Status), ("PUT", ChannelRoutes.Bundle), ("PUT", ChannelRoutes.HttpChallenge("token")),
            ("DELETE", ChannelRoutes.HttpChallenge("token")),
            ("PUT", ChannelRoutes.TlsAlpnChallenge("a.example")), ("DELETE", ChannelRoutes.TlsAlpnChallenge("a.example")),
            ("PUT", ChannelRoutes.RevocationList("a.crl")),
            ("DELETE", ChannelRoutes.RevocationList("a.crl")), ("PUT", ChannelRoutes.ProbeTargets), ("POST", ChannelRoutes.Probe),
            ("HEAD", ChannelRoutes.Metrics), ("POST", ChannelRoutes.Metrics),
            ("DELETE", ChannelRoutes.Metrics), ("GET", "/metrics/"), ("GET", "/METRICS"),
            ("GET", "/metrics/../sessions"), ("GET", "/nowhere"), ("OPTIONS", "/"),
        ];

    [Theory]
    [InlineData("GET", "/channel/status")]
    [InlineData("PUT", "/channel/bundle")]
    [InlineData("PUT", "/channel/challenges/http-01/token")]
    [InlineData("DELETE", "/channel/challenges/tls-alpn-01/vpn.example.org")]
    [InlineData("PUT", "/channel/crls/office.crl")]
    [InlineData("POST", "/channel/probe")]
    public async Task Has_the_operators_channel_over_mutual_TLS_only(string method, string path)
    {
        await using var server = await StartAsync(Loopback);
        using var client = ClientOf(server);

        var response = await client.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}") });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("mutual TLS", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AdminConnections.MaxOfSource, 1)]
    [InlineData(3 * AdminConnections.MaxStrangers, 3 * AdminConnections.MaxStrangers / AdminConnections.MaxOfSource)]
    public async Task Strangers_who_connect_and_wait_keep_out_neither_the_operator_nor_take_up_descriptors(int count, int sources)
    {
        var authority = new TestAuthority(DateTimeOffset.UtcNow);
        var config = WithTls(authority);
        await using var server = await StartAsync(config);
        var address = IPEndPoint.Parse(config.Tls!.Listen);
        var waiting = new List<RawConnection>();
        try
        {
            for (var i = 0; i < count; i++) waiting.Add(await RawConnection.OpenAsync(address, 10 + (i % sources)));

            var operators = authority.Issue(new TestLeaf { Names = ["operator"], Usage = TestLeaf.ClientUsage });
            Assert.Equal("ok\n", await GetAsync(config.Tls.Listen, operators));

            if (sources == 1) waiting.Add(await RawConnection.OpenAsync(address, 10));
            await RawConnection.WaitUntilClosedAsync(waiting, sources == 1 ? 1 : count - AdminConnections.MaxStrangers);
        }
        finally
        {
            foreach (var stranger in waiting) stranger.Dispose();
        }
    }

    [Fact]
    public void Tells_of_certificates_that_are_not_trusted_once_in_a_while_and_in_printable_words()
    {
        var log = new RecordingLogger<AdminServer>();
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        var files = new AdminTlsFiles(WithTls(new TestAuthority(DateTimeOffset.UtcNow)).Tls!, clock, log);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("operator\n2026-01-01 info: \u001b[31m" + new string('x', 1000));
        using var forged = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        for (var i = 0; i < 20; i++) Assert.False(files.Trusts(forged));
        Assert.False(files.Trusts(null));
        clock.Advance(RareLine.Interval);
        Assert.False(files.Trusts(null));

        Assert.Equal(2, log.Lines.Count);
        Assert.Contains("operator.2026-01-01 info: .[31mxxx", log.Lines[0].Text, StringComparison.Ordinal);
        Assert.InRange(log.Lines[0].Text.Length, 1, 300);
        Assert.Contains("shows no certificate (and 20 times", log.Lines[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_start_without_the_files_of_its_certificate()
    {
        var config = new AdminConfig
        {
            Listen = null,
            Tls = new AdminTlsConfig
            {
                Listen = "127.0.0.1:1", CertificateFile = "/missing.crt", KeyFile = "/missing.key", ClientCaFile = "/missing.ca",
            },
        };

        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync(config));

        Assert.Contains("admin.tls", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_nothing_when_it_is_turned_off()
    {
        await using var server = await StartAsync(new AdminConfig { Listen = null });

        Assert.Empty(server.Endpoints);
    }

    public void Dispose()
    {
        channel.Dispose();
        exporter.Dispose();
        folder.Dispose();
    }

    private static AdminConfig Loopback => new() { Listen = $"127.0.0.1:{FreePort.Next()}" };

    private AdminConfig WithTls(TestAuthority authority)
    {
        var issued = authority.Issue("gateway.example");
        return new AdminConfig
        {
            Listen = null,
            Tls = new AdminTlsConfig
            {
                Listen = $"127.0.0.1:{FreePort.Next()}",
                CertificateFile = folder.Write("tls.crt", issued.Pem + authority.IntermediatePem),
                KeyFile = folder.Write("tls.key", issued.KeyPem),
                ClientCaFile = folder.Write("ca.crt", authority.RootPem + authority.IntermediatePem),
            },
        };
    }

    private Task<AdminServer> StartAsync(AdminConfig config) =>
        AdminServer.StartAsync(
            config, gateway, gateway, gateway, channel.Services, exporter, TimeProvider.System,
            NullLoggerFactory.Instance, CancellationToken.None);

    private static HttpClient ClientOf(AdminServer server) => new() { BaseAddress = new Uri(server.Endpoints[0]) };

    private static HttpClient ClientOf(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stopping) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stopping);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost") };

    private static async Task<string> GetAsync(string address, TestCertificate? certificate)
    {
        using var client = ClientOf(address, certificate);
        return await client.GetStringAsync("/healthz");
    }

    private static HttpClient ClientOf(string address, TestCertificate? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject == "CN=leaf";
        // OpenSSL wants a certificate and its key in one object.
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(certificate.Pem, certificate.KeyPem)];
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{address}") };
    }
}
