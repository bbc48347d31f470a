using GatewayConfig.Dns;
using SstpGateway.Dns;
using SstpGateway.Tests.Dns.Support;
using TestSupport.Time;

namespace SstpGateway.Tests.Dns;

/// <summary>What servers see, and what they may do to us.</summary>
public sealed class UpstreamBehaviourTests
{
    private static readonly TimeSpan Attempt = new DnsForwarderSettings().AttemptTimeout;

    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Each_question_has_a_new_id_a_new_port_and_new_letters()
    {
        await using var server = FakeServer.Giving("192.0.2.1", ttl: 0);
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        var seen = new List<ReceivedQuery>();

        for (var i = 0; i < 8; i++)
        {
            await client.AskAsync(WireText.Query("a-long-enough-name.example"));
            seen.Add(await server.NextQueryAsync());
        }

        // Eight draws: that ids, ports or 22 letters all come out equal happens less than once in 2^96 runs.
        Assert.True(seen.Select(query => WireText.Id(query.Message)).Distinct().Count() > 1);
        Assert.True(seen.Select(query => query.Source.Port).Distinct().Count() > 1);
        Assert.True(seen.Select(query => query.Name).Distinct(StringComparer.Ordinal).Count() > 1);
    }

    [Fact]
    public async Task The_clients_own_options_are_not_passed_on()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();

        await client.AskAsync(
            WireText.Query("www.example", edns: RecordText.Edns(4096, options: [0, 8, 0, 7, 0, 1, 24, 0, 192, 0, 2])));

        Assert.Equal([0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0], (await server.NextQueryAsync()).Message[^11..]);
    }

    [Fact]
    public async Task The_next_server_is_asked_when_the_first_is_silent_and_first_from_then_on()
    {
        await using var silent = new FakeServer(_ => null);
        await using var good = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(silent, good), _clock);
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("one.example"));
        await silent.NextQueryAsync();
        _clock.Advance(Attempt);
        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.ReceiveAsync()));

        await client.AskAsync(WireText.Query("two.example"));
        Assert.Equal((1, 2), (silent.QueryCount, good.QueryCount));

        _clock.Advance(new DnsForwarderSettings().SuspectTime);
        client.Send(WireText.Query("three.example"));
        Assert.Equal("three.example", (await silent.NextQueryAsync()).Name, ignoreCase: true);
    }

    [Fact]
    public async Task A_server_that_answers_again_is_first_again()
    {
        await using var flaky = new FakeServer(query =>
            query.Name.StartsWith("lost", StringComparison.OrdinalIgnoreCase)
                ? null
                : WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));
        await using var failing = new FakeServer(query => WireText.Reply(query.Message, [], flags: 0x8182));
        await using var forwarder = new RunningForwarder(
            Config(flaky, failing), _clock, new DnsForwarderSettings { AttemptTimeout = TimeSpan.FromSeconds(3) });
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("lost.example"));
        await flaky.NextQueryAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));
        await flaky.NextQueryAsync();    // the other one cannot help, so this one again
        _clock.Advance(TimeSpan.FromSeconds(3));
        await client.ReceiveAsync();

        await client.AskAsync(WireText.Query("two.example"));
        Assert.Equal(2, failing.QueryCount);
        await client.AskAsync(WireText.Query("three.example"));
        Assert.Equal(2, failing.QueryCount);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_next_server_is_asked_when_the_first_says_that_it_cannot(ushort code)
    {
        await using var failing = new FakeServer(query => WireText.Reply(query.Message, [], flags: (ushort)(0x8180 | code)));
        await using var good = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(failing, good), _clock);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task When_all_servers_fail_the_client_hears_it_at_once_and_the_next_question_is_asked_again()
    {
        await using var failing = new FakeServer(query => WireText.Reply(query.Message, [], flags: 0x8185));
        await using var forwarder = new RunningForwarder(Config(failing, failing), _clock);
        using var client = forwarder.NewClient();

        Assert.Equal(5, WireText.Rcode(await client.AskAsync(WireText.Query("www.example"))));
        Assert.Equal(5, WireText.Rcode(await client.AskAsync(WireText.Query("www.example"))));
        Assert.Equal(4, failing.QueryCount);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_passed_over_without_waiting()
    {
        await using var good = FakeServer.Giving("192.0.2.1");
        var unreachable = new DnsConfig { Servers = ["127.99.99.99:9", good.Address] };
        await using var forwarder = new RunningForwarder(unreachable, _clock);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task A_lost_question_is_asked_again_and_after_five_seconds_the_client_gets_servfail()
    {
        await using var silent = new FakeServer(_ => null);
        await using var forwarder = new RunningForwarder(Config(silent), _clock);
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("www.example"));
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await silent.NextQueryAsync();
            _clock.Advance(Attempt);
        }

        Assert.Equal(2, WireText.Rcode(await client.ReceiveAsync()));
        Assert.Equal((4, 1L), (silent.QueryCount, forwarder.Counters.Failures));
    }

    [Fact]
    public async Task A_truncated_answer_is_fetched_by_tcp()
    {
        await using var server = new FakeServer(query => query.ByTcp
            ? WireText.Reply(query.Message, [RecordText.Text(3000)])
            : WireText.Reply(query.Message, [], flags: 0x8380));
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        await connection.WriteAsync(TestClient.Framed(WireText.Query("www.example", 16)));

        Assert.Equal(3012, (await TestClient.ReadFramedAsync(connection))!.Length - WireText.Query("www.example").Length);
    }

    [Fact]
    public async Task Forged_answers_are_waited_out()
    {
        await using var server = new FakeServer(_ => null);
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("www.example"));
        var query = await server.NextQueryAsync();
        var forged = WireText.Reply(query.Message, [RecordText.Address("6.6.6.6")]);
        forged[0] ^= 0xFF;
        server.SendTo(query, forged);
        server.SendTo(
            query,
            WireText.Reply(WireText.Query("evil.example", id: WireText.Id(query.Message)), [RecordText.Address("6.6.6.6")]));
        server.SendTo(query, [1, 2, 3]);
        server.SendTo(query, WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task Someone_guessing_sends_the_question_to_tcp()
    {
        await using var server = new FakeServer(query =>
            query.ByTcp ? WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]) : null);
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("www.example"));
        var query = await server.NextQueryAsync();
        var forged = WireText.Reply(query.Message, [RecordText.Address("6.6.6.6")]);
        for (var guess = 0; guess < 8; guess++)
        {
            forged[0]++;
            server.SendTo(query, forged);
        }

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task A_server_that_changes_the_letters_is_asked_by_tcp()
    {
        await using var server = new FakeServer(query =>
        {
            var reply = WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]);
            for (var i = 12; !query.ByTcp && reply[i] != 0; i++)
                if (reply[i] > 63) reply[i] = (byte)(reply[i] ^ 0x20);
            return reply;
        });
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
        Assert.Equal(2, server.QueryCount);
    }

    [Fact]
    public async Task A_server_without_edns_is_asked_without()
    {
        await using var server = new FakeServer(query =>
            query.Message[11] == 1
                ? WireText.Reply(query.Message, [], flags: 0x8181)
                : WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task Nonsense_from_one_server_leaves_the_next_to_answer()
    {
        await using var broken = new FakeServer(query =>
        {
            var reply = WireText.Reply(query.Message, [RecordText.Address("192.0.2.6")]);
            reply[7] = 9;    // nine answers announced, one there
            return reply;
        });
        await using var good = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(broken, good), _clock);
        using var client = forwarder.NewClient();

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await client.AskAsync(WireText.Query("www.example"))));
    }

    [Fact]
    public async Task No_more_questions_are_open_than_there_are_sockets_for()
    {
        await using var server = new FakeServer(_ => null);
        await using var forwarder = new RunningForwarder(Config(server), _clock, new DnsForwarderSettings { OpenQuestions = 1 });
        using var client = forwarder.NewClient();

        client.Send(WireText.Query("one.example"));
        await server.NextQueryAsync();

        Assert.Equal(2, WireText.Rcode(await client.AskAsync(WireText.Query("two.example"))));
        Assert.Equal(1, server.QueryCount);
    }

    private static DnsConfig Config(params FakeServer[] servers) =>
        new() { Servers = [.. servers.Select(server => server.Address)] };
}
