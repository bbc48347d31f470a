using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class ServerCallTimerTests
{
    private static readonly byte[] NegotiationTimeout = Packets.Hex("10010014 00050001 0002000C 00000002 00000008");

    [Fact]
    public void Aborts_with_negotiation_timeout_when_no_request_arrives_within_sixty_seconds()
    {
        var server = ServerStates.New().Wait(59.999);
        Assert.Empty(server.Sent);

        server.Wait(0.001);

        Assert.Equal(NegotiationTimeout, Assert.Single(server.Sent));
        Assert.Equal(PeerFault.ConnectRequestTimedOut, server.Call.End?.Fault);
    }

    [Fact]
    public void Aborts_with_negotiation_timeout_when_authentication_does_not_end_within_sixty_seconds()
    {
        var server = ServerStates.New().Wait(50).Receive(Packets.ConnectRequest);
        server.TakeSent();

        server.Wait(59.999);
        Assert.Empty(server.Sent);
        server.Wait(0.001);

        Assert.Equal(NegotiationTimeout, Assert.Single(server.Sent));
        Assert.Equal(PeerFault.AuthenticationTimedOut, server.Call.End?.Fault);
    }

    [Fact]
    public void Aborts_with_negotiation_timeout_when_call_connected_does_not_arrive_within_sixty_seconds()
    {
        var server = ServerStates.Requested().Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now));
        server.TakeSent();

        server.Wait(60);

        Assert.Equal(NegotiationTimeout, Assert.Single(server.Sent));
        Assert.Equal(PeerFault.CallConnectedTimedOut, server.Call.End?.Fault);
    }

    [Fact]
    public void An_early_call_connected_does_not_stop_the_negotiation_timer()
    {
        var server = ServerStates.Requested().Receive(Packets.CallConnected(SstpHash.Sha256)).Wait(60);

        Assert.Equal(PeerFault.AuthenticationTimedOut, server.Call.End?.Fault);
    }

    [Fact]
    public void Waits_as_long_as_its_settings_say()
    {
        var settings = new ServerCallSettings
        {
            ConnectRequestTimeout = TimeSpan.FromSeconds(15),
            CallConnectedTimeout = TimeSpan.FromSeconds(180),
            Timers = new CallTimers { Hello = TimeSpan.FromSeconds(30) },
        };

        Assert.Equal(15, ServerStates.New(settings).SecondsLeft);
        Assert.Equal(180, ServerStates.Requested(settings).SecondsLeft);
        Assert.Equal(30, ServerStates.Connected(settings).SecondsLeft);
    }

    [Fact]
    public void Sends_an_echo_after_sixty_silent_seconds_and_goes_away_quietly_after_sixty_more()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        server.Wait(60);
        Assert.Equal(Packets.EchoRequest, Assert.Single(server.TakeSent()));
        server.Wait(59.999);
        Assert.Null(server.End);
        server.Wait(0.001);

        Assert.Empty(server.Sent);
        Assert.Equal(CallEndReason.PeerSilent, server.End?.Reason);
    }

    [Fact]
    public void Stays_connected_for_hours_while_echoes_are_answered()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        for (var minute = 0; minute < 600; minute++)
        {
            server.Wait(60);
            Assert.Equal(Packets.EchoRequest, Assert.Single(server.TakeSent()));
            server.Receive(Packets.EchoResponse);
        }

        Assert.Equal(CallStage.CallConnected, server.Call.Stage);
    }

    [Fact]
    public void Any_packet_answers_an_echo_and_restarts_the_hello_timer()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        server.Wait(60).TakeSent();
        server.Wait(59).Do((call, now) => call.NoteData(now)).Wait(59);
        Assert.Empty(server.Sent);
        server.Receive(Packets.EchoRequest).Wait(59);

        Assert.Equal(Packets.EchoResponse, Assert.Single(server.Sent));
    }

    [Fact]
    public void A_late_tick_still_gives_the_peer_a_whole_interval_to_answer()
    {
        var server = ServerStates.Connected();
        server.TakeSent();

        server.Call.Tick(new MonotonicTime(600_000));

        Assert.Equal(new MonotonicTime(660_000), server.Call.NextDeadline);
    }

    [Theory]
    [InlineData("AbortPending", 3)]
    [InlineData("AbortTimeoutPending", 1)]
    [InlineData("DisconnectAckPending", 5)]
    [InlineData("DisconnectTimeoutPending", 1)]
    public void Closes_when_the_timer_of_an_ending_state_runs_out(string state, double seconds)
    {
        var server = ServerStates.In(state).Wait(seconds - 0.001);
        Assert.Equal(CallStage.Ending, server.Call.Stage);

        server.Wait(0.001);

        Assert.Equal(CallStage.Closed, server.Call.Stage);
        Assert.NotNull(server.End);
    }

    [Fact]
    public void Data_and_control_do_not_prolong_an_ending_state()
    {
        var server = ServerStates.In("DisconnectAckPending").Wait(4)
            .Do((call, now) => call.NoteData(now)).Receive(Packets.EchoRequest);

        Assert.Equal(1, server.SecondsLeft);
    }
}
