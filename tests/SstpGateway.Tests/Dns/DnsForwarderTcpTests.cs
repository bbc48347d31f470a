using GatewayConfig.Dns;
using SstpGateway.Dns;
using SstpGateway.Tests.Dns.Support;
using TestSupport.Time;
using TestSupport.Waiting;

namespace SstpGateway.Tests.Dns;

/// <summary>TCP as clients use it (RFC 7766).</summary>
public sealed class DnsForwarderTcpTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Answers_come_as_they_are_ready_and_not_in_order()
    {
        await using var server = new FakeServer(query =>
            query.Name.StartsWith("slow", StringComparison.OrdinalIgnoreCase)
                ? null
                : WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        await connection.WriteAsync((byte[])
        [
            .. TestClient.Framed(WireText.Query("slow.example", id: 1)),
            .. TestClient.Framed(WireText.Query("fast.example", id: 2)),
        ]);
        Assert.Equal(2, WireText.Id((await TestClient.ReadFramedAsync(connection))!));

        var slow = await server.NextQueryAsync();
        server.SendTo(slow, WireText.Reply(slow.Message, [RecordText.Address("192.0.2.2")]));
        Assert.Equal(1, WireText.Id((await TestClient.ReadFramedAsync(connection))!));
    }

    [Fact]
    public async Task A_query_may_arrive_byte_by_byte()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        foreach (var value in TestClient.Framed(WireText.Query("www.example"))) await connection.WriteAsync((byte[])[value]);

        Assert.Equal([192, 0, 2, 1], WireText.FirstData((await TestClient.ReadFramedAsync(connection))!));
    }

    [Fact]
    public async Task An_answer_too_long_for_udp_is_truncated_there_and_whole_by_tcp()
    {
        await using var server = new FakeServer(query => WireText.Reply(query.Message, [RecordText.Text(2000)]));
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        var short1 = await client.AskAsync(WireText.Query("www.example", 16, edns: RecordText.Edns(4096)));
        await connection.WriteAsync(TestClient.Framed(WireText.Query("www.example", 16)));
        var whole = (await TestClient.ReadFramedAsync(connection))!;

        Assert.True(WireText.IsTruncated(short1));
        Assert.False(WireText.IsTruncated(whole));
        Assert.Equal(2000, WireText.FirstData(whole).Length);
        Assert.Equal(1, server.QueryCount);
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();
        await connection.WriteAsync(TestClient.Framed(WireText.Query("www.example")));
        await TestClient.ReadFramedAsync(connection);

        // The server may not yet wait for the next query when the answer is here: time goes on until it has.
        var closed = TestClient.ReadFramedAsync(connection);
        await Eventually.TrueAsync("the connection to be closed", TestClient.Patience, () =>
        {
            _clock.Advance(new DnsForwarderSettings().TcpIdleTimeout);
            return Task.FromResult(closed.IsCompleted);
        });

        Assert.Null(await closed);
    }

    [Fact]
    public async Task A_client_that_shuts_down_its_side_still_gets_its_answer()
    {
        await using var server = new FakeServer(_ => null);
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        await connection.WriteAsync(TestClient.Framed(WireText.Query("www.example")));
        connection.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var query = await server.NextQueryAsync();
        server.SendTo(query, WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")]));

        Assert.Equal([192, 0, 2, 1], WireText.FirstData((await TestClient.ReadFramedAsync(connection))!));
        Assert.Null(await TestClient.ReadFramedAsync(connection));
    }

    [Fact]
    public async Task A_message_too_long_for_a_query_ends_the_connection()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var client = forwarder.NewClient();
        using var connection = await client.ConnectAsync();

        await connection.WriteAsync((byte[])[0xFF, 0xFF]);

        Assert.Null(await TestClient.ReadFramedAsync(connection));
    }

    [Fact]
    public async Task A_client_may_have_so_many_connections_and_no_more()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(
            Config(server), _clock, new DnsForwarderSettings { TcpConnectionsPerClient = 1 });
        using var client = forwarder.NewClient();
        using var first = await client.ConnectAsync();
        await first.WriteAsync(TestClient.Framed(WireText.Query("www.example")));
        await TestClient.ReadFramedAsync(first);

        using var second = await client.ConnectAsync();

        Assert.Null(await TestClient.ReadFramedAsync(second));
    }

    [Fact]
    public async Task A_client_that_gives_up_takes_nobody_elses_answer_with_it()
    {
        await using var server = new FakeServer(query =>
            query.Name.StartsWith("other", StringComparison.OrdinalIgnoreCase)
                ? WireText.Reply(query.Message, [RecordText.Address("192.0.2.3")])
                : null);
        await using var forwarder = new RunningForwarder(Config(server), _clock);
        using var impatient = forwarder.NewClient("127.0.1.1");
        using var patient = forwarder.NewClient("127.0.1.2");
        var connection = await impatient.ConnectAsync();
        await connection.WriteAsync(TestClient.Framed(WireText.Query("own.example")));
        var own = await server.NextQueryAsync();
        await connection.WriteAsync(TestClient.Framed(WireText.Query("shared.example")));
        var shared = await server.NextQueryAsync();

        patient.Send(WireText.Query("shared.example"));
        await Eventually.TrueAsync(
            "the forwarder to have counted it", TestClient.Patience, () => Task.FromResult(forwarder.Counters.Merged == 1));
        connection.Socket.Close(0);    // resets the connection, so the next answer cannot be sent
        server.SendTo(own, WireText.Reply(own.Message, [RecordText.Address("192.0.2.2")]));
        using var other = forwarder.NewClient("127.0.1.3");
        await other.AskAsync(WireText.Query("other.example"));
        server.SendTo(shared, WireText.Reply(shared.Message, [RecordText.Address("192.0.2.1")]));

        Assert.Equal([192, 0, 2, 1], WireText.FirstData(await patient.ReceiveAsync()));
    }

    private static DnsConfig Config(FakeServer server) => new() { Servers = [server.Address] };
}
