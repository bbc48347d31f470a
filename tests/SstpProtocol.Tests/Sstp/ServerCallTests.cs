using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class ServerCallTests
{
    [Fact]
    public void Acknowledges_a_request_with_its_nonce_and_both_hashes_and_lets_ppp_start()
    {
        var server = ServerStates.Requested();

        Assert.Equal(Packets.Ack(), Assert.Single(server.Sent));
        Assert.IsType<CallEvent.PppMayStart>(Assert.Single(server.Events));
    }

    [Fact]
    public void Offers_only_the_hashes_of_its_settings()
    {
        var server = ServerStates.Requested(new ServerCallSettings { OfferedHashes = SstpHash.Sha256 });

        Assert.Equal(Packets.Ack(SstpHash.Sha256), Assert.Single(server.Sent));
    }

    [Fact]
    public void Passes_nothing_before_the_request_control_after_it_and_network_data_once_connected()
    {
        Assert.Equal((false, false), Accepted(ServerStates.New()));
        Assert.Equal((true, false), Accepted(ServerStates.Requested()));
        Assert.Equal((true, true), Accepted(ServerStates.Connected()));
        Assert.Equal((false, false), Accepted(ServerStates.In("DisconnectAckPending")));

        static (bool, bool) Accepted(CallDriver<ServerCall> driver) =>
            (driver.Call.AcceptsPppControl, driver.Call.AcceptsNetworkData);
    }

    [Fact]
    public void Refuses_three_bad_requests_and_aborts_on_the_fourth()
    {
        var bad = Packets.Hex("1001000E 00010001 00010006 0002");

        var server = ServerStates.New().Receive(bad, bad, bad);
        Assert.Equal(Enumerable.Repeat(SstpMessageType.CallConnectNak, 3), server.SentTypes);
        server.TakeSent();
        server.Receive(bad);

        Assert.Equal(Packets.Hex("10010014 00050001 0002000C 00000002 00000006"), Assert.Single(server.Sent));
    }

    [Fact]
    public void Takes_a_good_request_after_a_bad_one()
    {
        var server = ServerStates.New().Receive(Packets.Hex("10010008 00010000"), Packets.ConnectRequest);

        Assert.Equal([SstpMessageType.CallConnectNak, SstpMessageType.CallConnectAck], server.SentTypes);
        Assert.Equal(CallStage.CallConnectedPending, server.Call.Stage);
    }

    [Fact]
    public void Bad_requests_win_no_time()
    {
        var server = ServerStates.New().Wait(59).Receive(Packets.Hex("10010008 00010000")).Wait(1);

        Assert.Equal(PeerFault.ConnectRequestTimedOut, server.Call.End?.Fault);
    }

    [Theory]
    [InlineData("10010004", PeerFault.MalformedMessage)]
    [InlineData("10010007 000800", PeerFault.MalformedMessage)]
    [InlineData("10010008 0008FFFF", PeerFault.MalformedMessage)]
    [InlineData("10010008 FFFF0000", PeerFault.UnknownMessageType)]
    [InlineData("10010008 00040000", PeerFault.CryptoBindingMissing)]
    [InlineData("1001000C 00040001 00030004", PeerFault.CryptoBindingLengthWrong)]
    [InlineData("10010014 00040001 0002000C 00000000 00000000", PeerFault.AttributeNotSupported)]
    public void Aborts_on_a_bad_message_and_names_the_fault(string packet, PeerFault expected)
    {
        var server = ServerStates.Requested();
        server.TakeSent();

        server.Receive(Packets.Hex(packet));

        Assert.Equal(expected, server.Call.End?.Fault);
        Assert.Equal(
            Packets.Hex($"10010014 00050001 0002000C 000000{(int)expected.ToAttribute():X2} {(int)expected.ToStatus():X8}"),
            Assert.Single(server.Sent));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1001")]
    [InlineData("10010000")]
    [InlineData("10010003")]
    [InlineData("11010008 00080000")]
    [InlineData("10000008 00080000")]
    [InlineData("10010009 00080000")]
    public void Closes_without_a_word_when_the_framing_is_broken(string packet)
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        server.Receive(Packets.Hex(packet));

        Assert.Empty(server.Sent);
        Assert.Equal(PeerFault.FramingBroken, server.End?.Fault);
        Assert.Null(server.Call.NextDeadline);
    }

    [Fact]
    public void Ignores_reserved_bits()
    {
        var server = ServerStates.New().Receive(Packets.Hex("10FFF00E 00010001 FF01F006 0001"));

        Assert.Equal(SstpMessageType.CallConnectAck, Assert.Single(server.SentTypes));
    }

    [Fact]
    public void Aborts_on_a_replayed_call_connected()
    {
        var server = ServerStates.Connected().Receive(Packets.CallConnected(SstpHash.Sha256));

        Assert.Equal(PeerFault.MessageOutOfTurn, server.Call.End?.Fault);
    }

    [Fact]
    public void Aborts_on_a_second_call_connected_while_the_first_waits_for_authentication()
    {
        var packet = Packets.CallConnected(SstpHash.Sha256);

        var server = ServerStates.Requested().Receive(packet, packet);

        Assert.Equal(PeerFault.MessageOutOfTurn, server.Call.End?.Fault);
    }

    [Fact]
    public void Answers_a_flood_of_echoes_once_while_nobody_reads()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        for (var i = 0; i < 10_000; i++) server.Call.ReceiveControl(Packets.EchoRequest, default);
        server.Drain();

        Assert.Equal(Packets.EchoResponse, Assert.Single(server.TakeSent()));
        server.Receive(Packets.EchoRequest);
        Assert.Equal(Packets.EchoResponse, Assert.Single(server.Sent));
    }

    [Fact]
    public void Keeps_the_first_reason_when_the_peer_aborts_in_answer_to_our_abort()
    {
        var server = ServerStates.Connected()
            .Do((call, now) => call.Abort(PeerFault.AnswersNotRead, now)).Receive(Packets.Abort).Wait(1);

        Assert.Equal(PeerFault.AnswersNotRead, server.End?.Fault);
    }

    [Fact]
    public void Reports_the_status_that_the_peer_aborted_with()
    {
        var server = ServerStates.Connected().Receive(Packets.Hex("10010014 00050001 0002000C 00000003 00000004")).Wait(1);

        Assert.Equal(CallEndReason.PeerAbort, server.End?.Reason);
        Assert.Equal(SstpStatus.ValueNotSupported, server.End?.PeerStatus);
        Assert.Equal(SstpAttributeId.CryptoBinding, server.End?.PeerAttribute);
        Assert.Contains("status 4 (ValueNotSupported) about attribute 3", server.End?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_disconnect_without_a_status()
    {
        var server = ServerStates.Connected().Receive(Packets.Hex("10010008 00060000")).Wait(1);

        Assert.Equal(CallEndReason.PeerDisconnect, server.End?.Reason);
        Assert.Null(server.End?.PeerStatus);
    }

    [Fact]
    public void Closes_at_once_and_sends_nothing_when_the_connection_is_lost()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        server.Call.ReceiveControl(Packets.EchoRequest, default);
        server.Do((call, _) => call.ConnectionLost()).Do((call, _) => call.ConnectionLost());

        Assert.Empty(server.Sent);
        Assert.Equal(CallEndReason.ConnectionLost, server.End?.Reason);
    }

    [Fact]
    public void Says_nothing_more_after_it_has_closed()
    {
        var server = ServerStates.Connected().Do((call, _) => call.ConnectionLost());
        server.TakeSent();
        server.Events.Clear();

        server.Receive(Packets.EchoRequest, Packets.Abort).Wait(600)
            .Do((call, now) => call.Disconnect(now))
            .Do((call, now) => call.Abort(PeerFault.MessageOutOfTurn, now))
            .Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now));

        Assert.Empty(server.Sent);
        Assert.Empty(server.Events);
    }

    [Fact]
    public void Refuses_to_be_told_of_an_authentication_before_ppp_may_start()
    {
        var server = ServerStates.New();

        Assert.Throws<InvalidOperationException>(() => server.Call.PppAuthenticated(HigherLayerKey.None, default));
    }

    [Fact]
    public void Refuses_settings_without_a_hash_or_with_a_timer_of_zero()
    {
        Assert.Throws<ArgumentException>(() => ServerStates.New(new ServerCallSettings { OfferedHashes = SstpHash.None }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ServerStates.New(new ServerCallSettings { CallConnectedTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ServerStates.New(new ServerCallSettings { Timers = new CallTimers { Hello = TimeSpan.Zero } }));
    }
}
