using System.Net;
using System.Net.Sockets;
using GatewayConfig.Dns;
using SstpGateway.Dns;
using SstpGateway.Tests.Dns.Support;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using TestSupport.Time;
using TestSupport.Waiting;

namespace SstpGateway.Tests.Dns;

/// <summary>What clients see, over loopback.</summary>
public sealed class DnsForwarderTests
{
    [Fact]
    public async Task Names_of_a_zone_go_to_its_server_and_the_rest_to_the_default()
    {
        await using var inside = FakeServer.Giving("10.0.0.80");
        await using var outside = FakeServer.Giving("192.0.2.80");
        await using var forwarder = new RunningForwarder(Config(outside) with
        {
            Zones = [new DnsZoneConfig { Zone = "corp.example", Servers = [inside.Address] }],
        });
        using var client = forwarder.NewClient();

        Assert.Equal([10, 0, 0, 80], WireText.FirstData(await client.AskAsync(WireText.Query("WWW.Corp.example"))));
        Assert.Equal([192, 0, 2, 80], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
        Assert.Equal((1, 1), (inside.QueryCount, outside.QueryCount));
    }

    [Fact]
    public async Task Answers_over_ipv6()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server), address: IPAddress.IPv6Loopback);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task A_kept_answer_comes_without_asking_and_with_less_time_left()
    {
        var clock = new ManualTime();
        await using var server = FakeServer.Giving("192.0.2.1", ttl: 100);
        await using var forwarder = new RunningForwarder(Config(server), clock);
        using var client = forwarder.NewClient();

        Assert.Equal(100u, WireText.FirstTtl(await client.AskAsync(WireText.Query("www.example"))));
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(60u, WireText.FirstTtl(await client.AskAsync(WireText.Query("WWW.EXAMPLE"))));
        Assert.Equal((1, 1L, 1L), (server.QueryCount, forwarder.Counters.CacheHits, forwarder.Counters.Forwarded));

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(100u, WireText.FirstTtl(await client.AskAsync(WireText.Query("www.example"))));
        Assert.Equal(2, server.QueryCount);
    }

    [Fact]
    public async Task A_denial_is_kept_for_the_time_of_its_soa()
    {
        var clock = new ManualTime();
        await using var server = new FakeServer(query =>
            WireText.Reply(query.Message, [], [RecordText.StartOfAuthority(900, 30)], flags: 0x8183));
        await using var forwarder = new RunningForwarder(Config(server), clock);
        using var client = forwarder.NewClient();

        Assert.Equal(3, WireText.Rcode(await client.AskAsync(WireText.Query("no.example"))));
        Assert.Equal(3, WireText.Rcode(await client.AskAsync(WireText.Query("no.example"))));
        Assert.Equal(1, server.QueryCount);

        clock.Advance(TimeSpan.FromSeconds(30));
        await client.AskAsync(WireText.Query("no.example"));
        Assert.Equal(2, server.QueryCount);
    }

    [Fact]
    public async Task Signatures_are_kept_apart_from_answers_without()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server));
        using var client = forwarder.NewClient();

        await client.AskAsync(WireText.Query("www.example"));
        await client.AskAsync(WireText.Query("www.example", edns: RecordText.Edns(ttl: 0x8000)));

        await server.NextQueryAsync();
        var second = await server.NextQueryAsync();
        Assert.Equal(0x80, second.Message[^4]);
    }

    [Fact]
    public async Task Strangers_get_no_answer_at_all()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server));
        using var stranger = forwarder.NewClient("127.0.0.2");
        using var client = forwarder.NewClient();

        stranger.Send(WireText.Query("www.example"));
        stranger.Send(WireText.Query("www.example", flags: 0x2800));
        await client.AskAsync(WireText.Query("www.example"));    // one socket, in order: what strangers sent has been dealt with
        using var connection = await stranger.ConnectAsync();

        Assert.Null(await TestClient.ReadFramedAsync(connection));
        Assert.Equal(0, stranger.Udp.Available);
        Assert.Equal((3L, 1), (forwarder.Counters.Strangers, server.QueryCount));
    }

    [Fact]
    public async Task Equal_questions_asked_at_once_are_asked_once()
    {
        using var release = new SemaphoreSlim(0);
        await using var server = new FakeServer(query =>
        {
            release.Wait(TestClient.Patience);
            return WireText.Reply(query.Message, [RecordText.Address("192.0.2.1", 0)]);
        });
        await using var forwarder = new RunningForwarder(Config(server));
        using var one = forwarder.NewClient("127.0.1.1");
        using var other = forwarder.NewClient("127.0.1.2");

        one.Send(WireText.Query("www.example", id: 1));
        other.Send(WireText.Query("WWW.example", id: 2));
        await Eventually.TrueAsync(
            "the forwarder to have counted it", TestClient.Patience, () => Task.FromResult(forwarder.Counters.Merged == 1));
        release.Release();

        var (first, second) = (await one.ReceiveAsync(), await other.ReceiveAsync());
        Assert.Equal((1, 2), (WireText.Id(first), WireText.Id(second)));
        Assert.Equal(("www.example", "WWW.example"), (WireText.QuestionName(first), WireText.QuestionName(second)));
        Assert.Equal(1, server.QueryCount);
    }

    [Fact]
    public async Task A_client_with_too_many_open_questions_is_refused_and_others_are_not()
    {
        await using var server = new FakeServer(query =>
            query.Name.StartsWith("open", StringComparison.OrdinalIgnoreCase)
                ? null
                : WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));
        await using var forwarder = new RunningForwarder(Config(server) with { MaxQueriesPerClient = 2 });
        using var greedy = forwarder.NewClient("127.0.1.1");
        using var modest = forwarder.NewClient("127.0.1.2");

        greedy.Send(WireText.Query("open1.example"));
        greedy.Send(WireText.Query("open2.example"));
        Assert.Equal(5, WireText.Rcode(await greedy.AskAsync(WireText.Query("more.example"))));
        Assert.Equal(0, WireText.Rcode(await modest.AskAsync(WireText.Query("more.example"))));
        Assert.Equal(1, forwarder.Counters.Refusals);
    }

    [Fact]
    public async Task New_zones_count_at_once_and_forget_what_the_old_ones_said()
    {
        await using var old = FakeServer.Giving("192.0.2.1");
        await using var latest = FakeServer.Giving("192.0.2.2");
        await using var forwarder = new RunningForwarder(Config(old));
        using var client = forwarder.NewClient();

        await client.AskAsync(WireText.Query("www.corp.example"));
        forwarder.Config = Config(old) with { Zones = [new DnsZoneConfig { Zone = "corp.example", Servers = [latest.Address] }] };

        Assert.Equal([192, 0, 2, 2], WireText.FirstData(await client.AskAsync(WireText.Query("www.corp.example"))));
    }

    [Fact]
    public async Task A_question_on_its_way_outlives_a_change_of_zones()
    {
        using var release = new SemaphoreSlim(0);
        await using var old = new FakeServer(query =>
        {
            release.Wait(TestClient.Patience);
            return WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]);
        });
        await using var latest = FakeServer.Giving("192.0.2.2");
        await using var forwarder = new RunningForwarder(Config(old));
        using var early = forwarder.NewClient("127.0.1.1");
        using var late = forwarder.NewClient("127.0.1.2");

        early.Send(WireText.Query("www.example"));
        await Eventually.TrueAsync(
            "the forwarder to have counted it", TestClient.Patience, () => Task.FromResult(old.QueryCount == 1));
        forwarder.Config = Config(latest);
        Assert.Equal([192, 0, 2, 2], WireText.FirstData(await late.AskAsync(WireText.Query("www.example"))));
        release.Release();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await early.ReceiveAsync()));
        // the late answer was not kept
        Assert.Equal([192, 0, 2, 2], WireText.FirstData(await late.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task A_reload_that_changes_no_zone_keeps_what_is_known()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server));
        using var client = forwarder.NewClient();

        await client.AskAsync(WireText.Query("www.example"));
        forwarder.Config = Config(server) with { SearchDomains = ["example"], MaxQueriesPerClient = 7 };
        await client.AskAsync(WireText.Query("www.example"));

        Assert.Equal(1, server.QueryCount);
    }

    [Fact]
    public async Task A_bad_reload_keeps_the_old_servers()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server));
        using var client = forwarder.NewClient();

        forwarder.Config = new DnsConfig { Servers = ["nonsense"] };

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task Without_configured_servers_it_asks_those_of_the_host_and_follows_their_change()
    {
        var clock = new ManualTime();
        var file = Path.GetTempFileName();
        try
        {
            await using var forwarder = new RunningForwarder(
                new DnsConfig(), clock, new DnsForwarderSettings { ResolvConf = file });
            using var client = forwarder.NewClient();

            // none yet: SERVFAIL at once
            Assert.Equal(2, WireText.Rcode(await client.AskAsync(WireText.Query("www.example"))));

            // Nothing answers on port 53 of this address, so the failure is now the server's.
            await File.WriteAllTextAsync(file, "nameserver 127.99.99.99\n");
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(2, WireText.Rcode(await client.AskAsync(WireText.Query("www.example"))));
            Assert.Equal(1, forwarder.Counters.UpstreamQueries);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Says_what_to_do_when_the_port_is_taken()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var forwarder = new DnsForwarder(
            () => new DnsConfig { Servers = ["192.0.2.1"] }, [IPAddress.Loopback], _ => true,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System,
            new DnsForwarderSettings { Port = ((IPEndPoint)taken.LocalEndPoint!).Port });

        var e = Assert.Throws<IOException>(forwarder.Listen);

        Assert.Contains("Another DNS server", e.Message);
    }

    [RequiresFact("ip")]
    public void A_port_that_is_free_for_TCP_only_is_not_taken_for_a_free_one() => OwnNamespace.Run(() =>
    {
        OwnNamespace.Output("ip", "link", "set", "lo", "up");
        // Three of four are taken for UDP, so that it succeeds by luck once in four times.
        File.WriteAllText("/proc/sys/net/ipv4/ip_local_port_range", "40000 40015");
        List<Socket> taken = [.. Enumerable.Range(40000, 16).Where(port => port % 8 < 6).Select(TakeUdp)];
        var forwarder = new DnsForwarder(
            () => new DnsConfig { Servers = ["192.0.2.1"] }, [IPAddress.Loopback], _ => true,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System,
            new DnsForwarderSettings { Port = 0 });

        forwarder.Listen();

        Assert.InRange(Assert.Single(forwarder.EndPoints).Port % 8, 6, 7);
        taken.ForEach(socket => socket.Dispose());

        static Socket TakeUdp(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
    });

    [Fact]
    public async Task Stops_at_once_with_questions_open_and_frees_its_port()
    {
        await using var server = new FakeServer(_ => null);
        await using var forwarder = new RunningForwarder(Config(server));
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();
        client.Send(WireText.Query("www.example"));
        await server.NextQueryAsync();

        await forwarder.StopAsync();

        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(forwarder.EndPoint);
    }

    private static DnsConfig Config(FakeServer server) => new() { Servers = [server.Address] };
}
