using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Operator.Dns;
using Operator.Dns.Sources;
using TestSupport.Certificates;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using TestSupport.Time;

namespace Operator.Tests.Dns.Sources;

/// <summary>Web echo services over real sockets: good ones, wrong ones, and what stands between.</summary>
public sealed class WebEchoSourceTests : IDisposable
{
    private const string Ours = "9.9.9.9";
    private const string Other = "8.8.4.4";

    private readonly FamilyClients _clients = new();

    public void Dispose() => _clients.Dispose();

    [Fact]
    public async Task Two_of_three_that_agree_make_an_address()
    {
        await using var one = new LoopbackWeb(Ours + "\n");
        await using var two = new LoopbackWeb(Other);
        await using var three = new LoopbackWeb($"fl=1\nip={Ours}\nts=1\n");

        Assert.Equal(Ours, Found(await ReadAsync([one, two, three])));
        Assert.All((LoopbackWeb[])[one, two, three], server => Assert.Equal(1, server.Requests));
    }

    [Fact]
    public async Task Services_that_disagree_make_none()
    {
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Other);
        await using var three = new LoopbackWeb("1.0.0.1");

        var unsure = Assert.IsType<SourceReading.Unsure>(await ReadAsync([one, two, three]));

        Assert.Equal("SourcesDisagree", unsure.Reason);
        Assert.Contains(Other, unsure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_against_two_make_none()
    {
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Other);
        await using var three = new LoopbackWeb(Ours);
        await using var four = new LoopbackWeb(Other);

        Assert.Equal("SourcesDisagree", Assert.IsType<SourceReading.Unsure>(await ReadAsync([one, two, three, four])).Reason);
    }

    [Theory]
    [InlineData("<html><body>Welcome to Hotel WiFi 9.9.9.9</body></html>", "200 OK\r\nContent-Type: text/html",
        "no single address")]
    [InlineData("", "302 Found\r\nLocation: http://portal.hotel.example/login", "captive portal")]
    [InlineData("", "511 Network Authentication Required", "HTTP 511")]
    [InlineData("9.9.9.9 9.9.9.9", "200 OK", "no single address")]
    [InlineData("9.9.9.9:443", "200 OK", "no single address")]
    [InlineData("009.9.9.9", "200 OK", "no single address")]
    [InlineData("151587081", "200 OK", "no single address")]
    [InlineData("2620:fe::fe", "200 OK", "no single address")]
    [InlineData("", "200 OK", "no single address")]
    public async Task What_a_captive_portal_or_a_bad_service_says_is_no_address(string body, string head, string problem)
    {
        await using var one = new LoopbackWeb(body, head);
        await using var two = new LoopbackWeb(body, head);

        var failed = Assert.IsType<SourceReading.Failed>(await ReadAsync([one, two]));

        Assert.Contains(problem, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_answers_for_one_service_does_not_spoil_two_good_ones()
    {
        await using var portal = new LoopbackWeb("<html>log in</html>");
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Ours);

        Assert.Equal(Ours, Found(await ReadAsync([portal, one, two])));
    }

    [Fact]
    public async Task A_tls_server_with_the_certificate_of_another_is_not_believed()
    {
        using var authority = new TestAuthority();
        var issued = authority.Issue("portal.hotel.example");
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
        using var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        await using var portal = new LoopbackWeb(Ours, certificate: usable);

        Assert.IsType<SourceReading.Failed>(await ReadAsync([portal]));
        Assert.Equal(0, portal.Requests);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_not_read_to_its_end()
    {
        var written = 0L;
        await using var huge = new LoopbackWeb(async (stream, stopping) =>
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\nConnection: close\r\n\r\n"), stopping);
            var chunk = Encoding.ASCII.GetBytes(new string('9', 64 * 1024));
            for (var i = 0; i < 160; i++)
            {
                await stream.WriteAsync(chunk, stopping);
                Interlocked.Add(ref written, chunk.Length);
            }
        });

        var failed = Assert.IsType<SourceReading.Failed>(await ReadAsync([huge]));

        Assert.Contains("too long for an address", failed.Message, StringComparison.Ordinal);
        Assert.True(Interlocked.Read(ref written) < 10 * 1024 * 1024, "all of it was taken");
    }

    [Fact]
    public async Task A_service_that_trickles_is_given_up_and_the_others_decide()
    {
        await using var trickling = new LoopbackWeb(async (stream, stopping) =>
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n9.9"), stopping);
            await Task.Delay(Timeout.Infinite, stopping);
        });
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Ours);
        var time = new ManualTime();

        var reading = ReadAsync([trickling, one, two], time: time);
        await TestSupport.Waiting.Eventually.TrueAsync(
            "all but one to have answered", TimeSpan.FromSeconds(30),
            () => Task.FromResult(trickling.Requests == 1 && one.Answered == 1 && two.Answered == 1));
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(Ours, Found(await reading));
    }

    [Theory]
    [InlineData("10.1.2.3", "private")]
    [InlineData("192.168.1.7", "private")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("100.64.3.4", "carrier")]
    [InlineData("203.0.113.5", "documentation")]
    [InlineData("198.51.100.5", "documentation")]
    [InlineData("224.0.0.251", "multicast")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("169.254.7.7", "link-local")]
    [InlineData("198.18.0.1", "benchmarks")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("0.0.0.0", "this network")]
    public async Task An_address_that_the_world_cannot_reach_is_refused_unless_its_range_is_allowed(string address, string why)
    {
        await using var one = new LoopbackWeb(address);
        await using var two = new LoopbackWeb(address);

        var unsure = Assert.IsType<SourceReading.Unsure>(await ReadAsync([one, two]));
        Assert.Equal("NotPublic", unsure.Reason);
        Assert.Contains(why, unsure.Message, StringComparison.Ordinal);

        Assert.Equal(address, Found(await ReadAsync([one, two], allowed: IPNetwork.Parse($"{address}/32"))));
    }

    [Theory]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:0909:0909::1")]
    [InlineData("::ffff:9.9.9.9")]
    [InlineData("::1")]
    public async Task The_same_holds_for_version_six(string address)
    {
        await using var six = new LoopbackWeb(address, address: IPAddress.IPv6Loopback);

        var reading = await ReadAsync([], [six], v4: false, v6: true);

        Assert.IsNotType<SourceReading.Found>(reading);
    }

    [Fact]
    public async Task Each_family_is_asked_over_itself_and_one_that_fails_keeps_what_is_published_of_it()
    {
        await using var four = new LoopbackWeb(Ours);
        await using var six = new LoopbackWeb("2620:fe::fe", address: IPAddress.IPv6Loopback);
        Assert.Equal($"{Ours}, 2620:fe::fe", Found(await ReadAsync([four], [six], v4: true, v6: true)));

        await using var broken = new LoopbackWeb("", "500 no", address: IPAddress.IPv6Loopback);
        var partly = Assert.IsType<SourceReading.Found>(
            await ReadAsync([four], [broken], v4: true, v6: true, published: AddressSet.Parse(["2620:fe::1"])));
        Assert.Equal($"{Ours}, 2620:fe::1", partly.Addresses.ToString());
        Assert.Contains("IPv6", partly.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_of_the_other_family_is_not_asked_over_this_one()
    {
        await using var six = new LoopbackWeb("2620:fe::fe", address: IPAddress.IPv6Loopback);

        Assert.IsType<SourceReading.Failed>(await ReadAsync([six]));
        Assert.Equal(0, six.Requests);
    }

    [Fact]
    public async Task A_service_that_refuses_sits_on_the_bench_for_an_hour_while_others_take_its_turn()
    {
        await using var refusing = new LoopbackWeb("slow down", "429 Too Many Requests");
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Ours);
        await using var three = new LoopbackWeb(Ours);
        var time = new ManualTime();
        var source = Source([refusing, one, two, three], [], true, false, 3, AddressSet.Empty, [], time);
        for (var i = 0; i < 4; i++) await source.ReadAsync(CancellationToken.None);
        Assert.Equal(1, refusing.Requests);

        time.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 4; i++) await source.ReadAsync(CancellationToken.None);
        Assert.Equal(2, refusing.Requests);
    }

    [Fact]
    public async Task What_services_see_at_the_far_end_of_an_own_tunnel_is_not_published()
    {
        using var clients = new FamilyClients(local => local.Equals(IPAddress.Loopback) ? "wg0" : "");
        await using var one = new LoopbackWeb(Ours);
        await using var two = new LoopbackWeb(Ours);
        var source = new WebEchoSource(
            new WebEchoSettings([one.Url, two.Url], [], 2, 2, TimeSpan.FromSeconds(5), true, false, []), clients,
            () => AddressSet.Empty, new ManualTime());

        var unsure = Assert.IsType<SourceReading.Unsure>(await source.ReadAsync(CancellationToken.None));

        Assert.Equal("VpnEgress", unsure.Reason);
        Assert.Contains("wg0", unsure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_not_told_the_ids_of_our_traces()
    {
        using var spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(spans);
        using var source = new ActivitySource("a pass");
        using var span = source.StartActivity();
        Assert.NotNull(span);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var asked = _clients.Of(AddressFamily.InterNetwork).GetAsync(new Uri($"http://{listener.LocalEndpoint}/"));
        using var socket = await listener.AcceptSocketAsync();
        var head = new byte[4096];
        var request = Encoding.ASCII.GetString(head, 0, await socket.ReceiveAsync(head));
        await socket.SendAsync(LoopbackWeb.Answer(Ours));
        using var answer = await asked;

        Assert.StartsWith("GET / HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(span.TraceId.ToString(), request, StringComparison.OrdinalIgnoreCase);
    }

    [RequiresFact("ip")]
    public void A_tunnel_is_told_from_other_devices_by_the_address_that_a_connection_leaves_from() => OwnNamespace.Run(() =>
    {
        OwnNamespace.Output("ip", "link", "set", "lo", "up");
        OwnNamespace.Output("ip", "tuntap", "add", "dev", "wg7", "mode", "tun");
        OwnNamespace.Output("ip", "address", "add", "10.77.0.2/24", "dev", "wg7");
        OwnNamespace.Output("ip", "tuntap", "add", "dev", "ppp7", "mode", "tap");
        OwnNamespace.Output("ip", "address", "add", "10.78.0.2/24", "dev", "ppp7");

        Assert.Equal("wg7", FamilyClients.FindTunnel(IPAddress.Parse("10.77.0.2")));
        Assert.Equal("", FamilyClients.FindTunnel(IPAddress.Parse("10.78.0.2")));
        Assert.Equal("", FamilyClients.FindTunnel(IPAddress.Loopback));
    });

    private static string Found(SourceReading reading) => Assert.IsType<SourceReading.Found>(reading).Addresses.ToString();

    // A clock that stands still, so that nobody is given up because the machine is busy.
    private Task<SourceReading> ReadAsync(LoopbackWeb[] four, TimeProvider? time = null, params IPNetwork[] allowed) =>
        Source(four, [], true, false, four.Length, AddressSet.Empty, allowed, time ?? new ManualTime())
            .ReadAsync(CancellationToken.None);

    private Task<SourceReading> ReadAsync(
        LoopbackWeb[] four, LoopbackWeb[] six, bool v4, bool v6, AddressSet? published = null) =>
        Source(four, six, v4, v6, Math.Max(four.Length, six.Length), published ?? AddressSet.Empty, [], new ManualTime())
            .ReadAsync(CancellationToken.None);

    private WebEchoSource Source(
        LoopbackWeb[] four, LoopbackWeb[] six, bool v4, bool v6, int asked,
        AddressSet published, IPNetwork[] allowed, TimeProvider time) =>
        new(
            new WebEchoSettings(
                [.. four.Select(server => server.Url)], [.. six.Select(server => server.Url)], asked,
                Math.Min(2, asked), TimeSpan.FromSeconds(5), v4, v6, allowed),
            _clients, () => published, time);
}
