using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;

namespace SstpProtocol.Tests.Sessions;

/// <summary>How sessions end, what is said then and in which order, and how it is reported.</summary>
public sealed class SessionEndTests
{
    private static readonly SessionEnd Drain = new(SessionEndCause.LocalDisconnect, "the gateway is drained");

    [Fact]
    public void The_server_says_good_bye_in_ppp_first_and_then_in_sstp()
    {
        var pair = SessionPair.Connected();
        pair.SentByServer.Clear();
        pair.SentByClient.Clear();

        pair.Server.Disconnect(Drain, pair.Now);
        pair.Advance(TimeSpan.FromSeconds(6));

        // Terminate-Request (LCP 5), then CALL_DISCONNECT (6); the client's Terminate-Ack (LCP 6) before its CALL_DISCONNECT (6).
        Assert.Equal(["C021 05", "SSTP 06"], pair.SentByServer.Select(Wire.Describe).Take(2));
        Assert.Equal(["C021 06", "SSTP 06"], pair.SentByClient.Select(Wire.Describe).Take(2));
        Assert.Equal(Drain, pair.Server.End);
        Assert.Equal(SessionEndCause.PeerDisconnected, pair.Client.End?.Cause);
        Assert.Equal(1, pair.ServerEvents.Count(happened => happened is SessionEvent.Ended));
    }

    [Fact]
    public void The_client_says_good_bye_and_the_server_acknowledges_it_before_its_own_disconnect()
    {
        var pair = SessionPair.Connected();
        pair.SentByServer.Clear();
        pair.SentByClient.Clear();
        var hangUp = new SessionEnd(SessionEndCause.LocalDisconnect, "the user hung up");

        pair.Client.Disconnect(hangUp, pair.Now);
        pair.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("C021 05", Wire.Describe(pair.SentByClient[0]));
        Assert.Equal(["C021 06", "SSTP 06"], pair.SentByServer.Select(Wire.Describe).Take(2));
        Assert.Equal(hangUp, pair.Client.End);
        Assert.Equal(SessionEndCause.PeerDisconnected, pair.Server.End?.Cause);
    }

    [Fact]
    public void A_client_that_disconnects_without_a_word_in_ppp_is_acknowledged_and_reported_as_such()
    {
        var pair = SessionPair.Connected();
        pair.SentByServer.Clear();

        pair.Server.Receive(Wire.CallDisconnect, pair.Now);
        pair.Run();

        Assert.Equal(["SSTP 07"], pair.SentByServer.Select(Wire.Describe));
        Assert.False(pair.Server.Forwards(PppProtocol.Ipv4));

        // Such clients close at once when the answer is there.
        pair.Server.TransportLost("the peer closed the connection");
        Assert.Equal(SessionEndCause.PeerDisconnected, pair.Server.End?.Cause);
    }

    [Fact]
    public void A_disconnect_before_ppp_has_begun_is_said_in_sstp_alone()
    {
        var server = Parts.Server(new MonotonicTime(0), AuthenticationMethod.MsChapV2);

        server.Disconnect(Drain, new MonotonicTime(1));

        Assert.True(server.TryTransmit(out var packet));
        Assert.Equal("SSTP 06", Wire.Describe(packet.ToArray()));
        Assert.False(server.TryTransmit(out _));
    }

    [Fact]
    public void A_disconnect_that_comes_while_the_call_is_given_up_does_not_change_the_reason()
    {
        var pair = SessionPair.Connected();
        pair.Server.Receive(Wire.CallAbort, pair.Now);

        pair.Server.Disconnect(Drain, pair.Now);
        pair.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(SessionEndCause.PeerAborted, pair.Server.End?.Cause);
    }

    [Fact]
    public void The_negotiation_deadline_does_not_change_the_reason_of_a_call_that_is_given_up()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.Judges = false;
        pair.Advance(TimeSpan.FromSeconds(59.5));
        Assert.Null(pair.Server.End);

        pair.Server.Receive(Wire.CallAbort, pair.Now);
        pair.IsCut = true;
        pair.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(SessionEndCause.PeerAborted, pair.Server.End?.Cause);
    }

    [Fact]
    public void Ppp_falls_silent_once_the_call_is_given_up()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.ClientPacketArrives = packet => Wire.IsControl(packet, 0x0001);
        pair.Run();
        pair.Server.Receive(Convert.FromHexString("10010008000F0000"), pair.Now); // no message has type 15
        pair.Run();
        Assert.Equal("SSTP 05", Wire.Describe(pair.SentByServer[^1]));
        pair.SentByServer.Clear();
        pair.IsCut = true;

        pair.Advance(TimeSpan.FromSeconds(20));

        Assert.Empty(pair.SentByServer);
        Assert.Equal(SessionEndCause.PeerFault, pair.Server.End?.Cause);
    }

    [Fact]
    public void A_connection_that_breaks_is_reported_as_lost()
    {
        var pair = SessionPair.Connected();

        pair.Server.TransportLost("connection reset");

        Assert.Equal(new SessionEnd(SessionEndCause.TransportLost, "connection reset"), pair.Server.End);
        Assert.False(pair.Server.Forwards(PppProtocol.Ipv4));
        Assert.Null(pair.Server.NextDeadline);
        Assert.False(pair.Server.TryTransmit(out _));
    }

    [Fact]
    public void A_connection_that_breaks_after_a_farewell_changes_nothing()
    {
        var pair = SessionPair.Connected();
        pair.Server.Disconnect(Drain, pair.Now);

        pair.Server.TransportLost("connection reset");

        Assert.Equal(Drain, pair.Server.End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reset_after_an_abort_keeps_the_reason_of_the_abort(bool peerAborts)
    {
        // Many clients close at once when they get CALL_ABORT, with data of ours unread: a reset.
        var pair = SessionPair.Connected();
        // no message has type 15
        pair.Server.Receive(peerAborts ? Wire.CallAbort : Convert.FromHexString("10010008000F0000"), pair.Now);

        pair.Server.TransportLost("connection reset");

        Assert.Equal(peerAborts ? SessionEndCause.PeerAborted : SessionEndCause.PeerFault, pair.Server.End?.Cause);
        Assert.NotEqual("connection reset", pair.Server.End?.Detail);
    }

    [Fact]
    public void A_link_that_is_made_to_say_more_than_there_is_room_for_ends_the_session()
    {
        var pair = SessionPair.With(
            now => Parts.Server(now, AuthenticationMethod.Pap, output =>
            {
                for (var i = 0; i <= PppFrameQueue.Capacity; i++) output.Enqueue(PppProtocol.Pap, [(byte)i]);
            }),
            AuthenticationMethod.Pap);

        pair.Run();

        Assert.Equal(SessionEndCause.PeerFault, pair.Server.End?.Cause);
        Assert.Contains("more answers", pair.Server.End?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_framing_ends_the_session_without_a_word()
    {
        var pair = SessionPair.Connected();

        pair.Server.FramingBroken("no SSTP");

        Assert.Equal(new SessionEnd(SessionEndCause.PeerFault, "no SSTP"), pair.Server.End);
        Assert.False(pair.Server.TryTransmit(out _));
    }

    [Fact]
    public void A_peer_that_has_echoes_answered_and_does_not_read_them_is_dropped_with_its_key_erased()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.ClientPacketArrives = packet => !Wire.IsControl(packet, 0x0004);
        pair.Run();
        var key = Assert.Single(pair.Keys);

        for (var i = 0; i <= Session.MaxOutgoing; i++) pair.Server.Receive(Wire.EchoRequest, pair.Now);

        Assert.Equal(SessionEndCause.PeerFault, pair.Server.End?.Cause);
        Assert.False(key.Octets.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_peer_that_falls_silent_is_asked_once_and_then_dropped()
    {
        var pair = SessionPair.Connected();
        pair.SentByServer.Clear();
        pair.IsCut = true;

        pair.Advance(TimeSpan.FromSeconds(121));

        Assert.Equal(["SSTP 08"], pair.SentByServer.Select(Wire.Describe));
        Assert.Equal(SessionEndCause.PeerSilent, pair.Server.End?.Cause);
        Assert.Equal(SessionEndCause.PeerSilent, pair.Client.End?.Cause);
    }

    [Fact]
    public void Two_ends_that_have_nothing_to_say_stay_connected()
    {
        var pair = SessionPair.Connected();

        pair.Advance(TimeSpan.FromHours(10));

        Assert.True(pair.Server.Forwards(PppProtocol.Ipv4) && pair.Client.Forwards(PppProtocol.Ipv4));
    }

    [Fact]
    public void A_verdict_and_addresses_that_come_after_the_end_change_nothing_and_the_key_does_not_stay()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.Judges = false;
        pair.Run();
        var offered = pair.ServerEvents.OfType<SessionEvent.CredentialsOffered>().Single();
        pair.Server.TransportLost("the peer closed the connection");
        var verdict = Assert.IsType<AuthenticationVerdict.Accepted>(Parts.Judge(offered.Credentials));

        pair.Server.Conclude(verdict, pair.Now);
        pair.Server.AssignAddresses(Parts.Addresses, pair.Now);
        pair.Run();

        Assert.DoesNotContain(pair.ServerEvents, happened => happened is SessionEvent.Authenticated or SessionEvent.Ipv4Opened);
        Assert.All(verdict.Key.Octets.ToArray(), octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void A_verdict_that_comes_while_the_call_is_given_up_is_not_told()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.Judges = false;
        pair.Run();
        var offered = pair.ServerEvents.OfType<SessionEvent.CredentialsOffered>().Single();
        pair.Server.Receive(Wire.CallAbort, pair.Now);
        pair.Run();
        pair.SentByServer.Clear();

        pair.Server.Conclude(Parts.Judge(offered.Credentials), pair.Now);
        pair.Run();

        // CHAP
        Assert.DoesNotContain(pair.SentByServer, packet => Wire.Describe(packet).StartsWith("C223", StringComparison.Ordinal));
        Assert.DoesNotContain(pair.ServerEvents, happened => happened is SessionEvent.Authenticated);
    }

    [Fact]
    public void A_refusal_that_comes_after_the_end_changes_nothing()
    {
        var pair = SessionPair.WithPassword("wrong", AuthenticationMethod.MsChapV2);
        pair.Judges = false;
        pair.Run();
        var offered = pair.ServerEvents.OfType<SessionEvent.CredentialsOffered>().Single();
        pair.Server.TransportLost("the peer closed the connection");
        var end = pair.Server.End;
        pair.SentByServer.Clear();

        pair.Server.Conclude(Parts.Judge(offered.Credentials), pair.Now);
        pair.Run();

        Assert.Equal(end, pair.Server.End);
        Assert.Empty(pair.SentByServer);
    }
}
