using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using TestSupport.Waiting;

namespace SstpTransport.Tests.Pumping;

public sealed class SessionPumpTests
{
    private static readonly SessionEnd HangUp = new(SessionEndCause.LocalDisconnect, "the test is over");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task A_call_comes_up_however_the_stream_is_cut_and_packets_pass_both_ways(int readLimit)
    {
        var (server, client) = await TestPump.ConnectedAsync(readLimit);

        client.Pump.Egress.TryEnqueue(PppProtocol.Ipv4, [0x45, 1, 2, 3]);
        client.Pump.Egress.Flush();
        server.Pump.Egress.TryEnqueue(PppProtocol.Ipv6, [0x60, 4]);
        server.Pump.Egress.Flush();

        var (protocol, packet) = await server.Owner.PacketAsync().WaitAsync(TestPump.Patience);
        Assert.Equal((PppProtocol.Ipv4, "45010203"), (protocol, Convert.ToHexString(packet)));
        (protocol, packet) = await client.Owner.PacketAsync().WaitAsync(TestPump.Patience);
        Assert.Equal((PppProtocol.Ipv6, "6004"), (protocol, Convert.ToHexString(packet)));

        await HangUpAsync(server, client);
    }

    [Fact]
    public async Task Packets_pass_from_the_moment_that_the_owner_hears_of_it_and_not_once_they_may_no_longer()
    {
        var (near, far) = (new TestStream(), new TestStream());
        (near.Other, far.Other) = (far, near);
        using var server = TestPump.Server(near);
        using var client = TestPump.Client(far);
        var passed = new List<(string Event, bool Ipv4, bool Ipv6)>();
        client.Owner.OnEvent = told => passed.Add((
            told.GetType().Name, client.Pump.Forwards(PppProtocol.Ipv4), client.Pump.Forwards(PppProtocol.Ipv6)));

        server.Start();
        client.Start();
        await Task.WhenAll(server.Owner.Opened, client.Owner.Opened).WaitAsync(TestPump.Patience);
        await HangUpAsync(server, client);

        Assert.True(passed.Single(told => told.Event == nameof(SessionEvent.Ipv4Opened)).Ipv4);
        Assert.True(passed.Single(told => told.Event == nameof(SessionEvent.Ipv6Opened)).Ipv6);
        Assert.Equal((nameof(SessionEvent.Ended), false, false), passed[^1]);
    }

    [Fact]
    public async Task A_whole_log_in_may_be_cut_in_two_at_every_byte()
    {
        var (server, client) = await TestPump.ConnectedAsync();
        var fromClient = client.Stream.WrittenBytes();
        await HangUpAsync(server, client);

        for (var cut = 1; cut < fromClient.Length; cut++)
        {
            using var pump = TestPump.Server();
            pump.Stream.Give(fromClient.AsSpan(cut));
            pump.Start(fromClient.AsMemory(0, cut));
            await pump.Owner.Opened.WaitAsync(TestPump.Patience);

            pump.Stream.End();
            Assert.Equal(SessionEndCause.TransportLost, (await pump.EndAsync()).Cause);
            Assert.Equal(fromClient.Length, pump.Pump.BytesReceived);
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_sstp_end_the_session_and_close_the_stream()
    {
        using var pump = TestPump.Server();
        pump.Start();

        pump.Stream.Give("GET / HTTP/1.1\r\n"u8);

        Assert.Equal(SessionEndCause.PeerFault, (await pump.EndAsync()).Cause);
        Assert.True(pump.Stream.IsDisposed);
        Assert.Empty(pump.Stream.Written);
    }

    [Fact]
    public async Task Ip_packets_before_the_binding_are_dropped_and_counted()
    {
        using var pump = TestPump.Server();
        pump.Start();

        pump.Stream.Give(Convert.FromHexString("1000000CFF03002145000001" + "1000000AFF0300576000"));
        pump.Stream.End();
        await pump.EndAsync();

        Assert.False(pump.Owner.HasPacket);
        Assert.Equal(2, pump.Pump.DroppedNotOpen);
        Assert.Equal(22, pump.Pump.BytesReceived);
    }

    [Fact]
    public async Task An_idle_connection_waits_without_a_buffer_and_one_within_a_packet_with_one()
    {
        using var pump = TestPump.Server();
        pump.Start();
        Assert.Equal(0, pump.Stream.WaitingReadSize);

        pump.Stream.Give([0x10, 0x01]);
        await Eventually.TrueAsync(
            "a read with a buffer", TestPump.Patience, () => Task.FromResult(pump.Stream.WaitingReadSize > 4095));

        pump.Stream.Give(Convert.FromHexString("000800080000")); // the rest of an echo request, out of turn
        await Eventually.TrueAsync(
            "a read without a buffer", TestPump.Patience, () => Task.FromResult(pump.Stream.WaitingReadSize == 0));
        pump.Stream.End();
        await pump.EndAsync();
    }

    [Fact]
    public async Task Control_overtakes_the_data_that_waits_for_a_slow_peer()
    {
        var (server, client) = await TestPump.ConnectedAsync();
        server.Stream.HoldWrites();
        server.Pump.Egress.TryEnqueue(PppProtocol.Ipv4, [0x45, 1]);
        server.Pump.Egress.Flush();
        await Eventually.TrueAsync(
            "a write that waits", TestPump.Patience, () => Task.FromResult(server.Stream.WaitingWrites == 1));
        var before = server.Stream.Written.Count;

        server.Pump.Egress.TryEnqueue(PppProtocol.Ipv4, [0x45, 2]);
        server.Pump.Command((session, now) => ((ServerSession)session).Disconnect(HangUp, now));
        server.Stream.ReleaseWrites();
        await Eventually.TrueAsync(
            "three writes", TestPump.Patience, () => Task.FromResult(server.Stream.Written.Count >= before + 3));

        var writes = server.Stream.Written.Skip(before).Take(3).Select(Convert.ToHexString).ToArray();
        Assert.Equal("1000000AFF0300214501", writes[0]);
        Assert.StartsWith("1000", writes[1], StringComparison.Ordinal);
        Assert.Contains("FF03C02105", writes[1], StringComparison.Ordinal); // LCP Terminate-Request
        Assert.Equal("1000000AFF0300214502", writes[2]);

        server.Stream.Dispose();
        await Task.WhenAll(server.EndAsync(), client.EndAsync());
    }

    [Fact]
    public async Task A_peer_that_stops_reading_holds_up_the_end_for_two_seconds_and_no_longer()
    {
        using var pump = TestPump.Server();
        pump.Stream.HoldWrites();
        pump.Start();
        // the second one is a fault
        pump.Stream.Give(Convert.FromHexString("1001000E000100010001000600011001000E00010001000100060001"));
        await Eventually.TrueAsync(
            "a write that waits", TestPump.Patience, () => Task.FromResult(pump.Stream.WaitingWrites == 1));
        pump.Time.Advance(TimeSpan.FromSeconds(10));
        // The first answer waits before the second request has been read.
        await Eventually.TrueAsync("the end of the session", TestPump.Patience, () =>
        {
            pump.Pump.Tick(pump.Clock.Now);
            return Task.FromResult(pump.Session.End is not null);
        });
        Assert.False(pump.Running.IsCompleted);

        // The pump's own timer is set on another thread; time is let go on until it was there to see it.
        await Eventually.TrueAsync("the pump to give up", TestPump.Patience, () =>
        {
            pump.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(pump.Running.IsCompleted);
        });

        Assert.Equal(SessionEndCause.PeerFault, (await pump.EndAsync()).Cause);
        Assert.True(pump.Stream.IsDisposed);
    }

    [Fact]
    public async Task Traffic_keeps_a_peer_from_being_asked_whether_it_is_there()
    {
        var (server, client) = await TestPump.ConnectedAsync();
        var control = server.Stream.Written.Count;

        for (var i = 0; i < 5; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(50));
            client.Pump.Egress.TryEnqueue(PppProtocol.Ipv4, [0x45]);
            client.Pump.Egress.Flush();
            await server.Owner.PacketAsync().WaitAsync(TestPump.Patience);
            server.Pump.Tick(server.Clock.Now);
        }

        Assert.Equal(control, server.Stream.Written.Count);

        server.Time.Advance(TimeSpan.FromSeconds(61));
        server.Pump.Tick(server.Clock.Now);
        await Eventually.TrueAsync(
            "an echo request", TestPump.Patience, () => Task.FromResult(server.Stream.Written.Count == control + 1));
        await HangUpAsync(server, client);
    }

    [Fact]
    public async Task Abandoning_ends_everything_at_once()
    {
        using var abandon = new CancellationTokenSource();
        using var pump = TestPump.Server();
        pump.Stream.HoldWrites();
        pump.Start(abandon: abandon.Token);

        await abandon.CancelAsync();

        Assert.Equal(SessionEndCause.TransportLost, (await pump.EndAsync()).Cause);
        Assert.True(pump.Stream.IsDisposed);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_reading_ends_the_session()
    {
        using var pump = TestPump.Server(new TestStream { ReadFailure = new IOException("reset") });

        pump.Start();

        Assert.Equal(new SessionEnd(SessionEndCause.TransportLost, "reset"), await pump.EndAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_while_writing_ends_the_session()
    {
        using var pump = TestPump.Server(new TestStream { WriteFailure = new IOException("broken pipe") });
        pump.Start();

        pump.Stream.Give(Convert.FromHexString("1001000E00010001000100060001"));

        Assert.Equal(new SessionEnd(SessionEndCause.TransportLost, "broken pipe"), await pump.EndAsync());
        Assert.True(pump.Stream.IsDisposed);
    }

    [Fact]
    public async Task A_mistake_of_ours_in_a_write_ends_this_session_and_closes_its_stream()
    {
        using var pump = TestPump.Server(new TestStream { WriteFailure = new InvalidOperationException("a mistake") });
        pump.Start();

        pump.Stream.Give(Convert.FromHexString("1001000E00010001000100060001"));

        Assert.Contains("a mistake", (await pump.EndAsync()).Detail, StringComparison.Ordinal);
        Assert.True(pump.Stream.IsDisposed);
    }

    [Fact]
    public async Task A_mistake_of_ours_in_a_packet_ends_this_session_and_closes_its_stream()
    {
        var (server, client) = await TestPump.ConnectedAsync();
        server.Owner.OnForward = () => throw new InvalidOperationException("a mistake");

        client.Pump.Egress.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        client.Pump.Egress.Flush();

        Assert.Contains("a mistake", (await server.EndAsync()).Detail, StringComparison.Ordinal);
        Assert.True(server.Stream.IsDisposed);
        await client.EndAsync();
    }

    [Fact]
    public async Task Received_packets_allocate_nothing()
    {
        const int count = 4000;
        var (server, client) = await TestPump.ConnectedAsync();
        var packets = new byte[count * 48];
        for (var i = 0; i < count; i++) Convert.FromHexString("10000030FF03002145").CopyTo(packets, i * 48);
        server.Owner.Keeps = false;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        var least = long.MaxValue;
        (int Thread, long Bytes) mark = default;
        server.Owner.OnForward = () =>
        {
            // Between two packets of one read, on one thread; the least of many such spans,
            // as the runtime allocates now and then.
            var now = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
            if (seen % 100 == 99 && mark.Thread == now.CurrentManagedThreadId) least = Math.Min(least, now.Item2 - mark.Bytes);
            if (seen % 100 == 0) mark = now;
            if (++seen == count) done.SetResult();
        };

        server.Stream.Give(packets);
        await done.Task.WaitAsync(TestPump.Patience);

        Assert.Equal(0, least);
        await HangUpAsync(server, client);
    }

    private static async Task HangUpAsync(TestPump server, TestPump client)
    {
        client.Pump.Command((session, now) => ((ClientSession)session).Disconnect(HangUp, now));

        // Both have said good-bye; what is left is the time they give each other.
        await Eventually.TrueAsync("the end of both", TestPump.Patience, () =>
        {
            foreach (var pump in new[] { server, client })
            {
                pump.Time.Advance(TimeSpan.FromSeconds(1));
                pump.Pump.Tick(pump.Clock.Now);
            }

            return Task.FromResult(server.Running.IsCompleted && client.Running.IsCompleted);
        });

        Assert.Equal(HangUp, await client.EndAsync());
        Assert.Equal(SessionEndCause.PeerDisconnected, (await server.EndAsync()).Cause);
        server.Dispose();
        client.Dispose();
    }
}
