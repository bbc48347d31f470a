using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;

namespace SstpProtocol.Tests.Sessions;

/// <summary>From the HTTP answer to packets that pass, with the real machines of authentication at both ends.</summary>
public sealed class SessionLogInTests
{
    [Theory]
    [InlineData(AuthenticationMethod.Pap)]
    [InlineData(AuthenticationMethod.ChapMd5)]
    [InlineData(AuthenticationMethod.MsChapV2)]
    [InlineData(AuthenticationMethod.Eap)]
    public void A_user_logs_in_and_gets_both_networks(AuthenticationMethod method)
    {
        var pair = SessionPair.Connected(method);

        Assert.Equal(
            new SessionEvent.Authenticated(Parts.UserName, method),
            pair.ServerEvents.OfType<SessionEvent.Authenticated>().Single());
        Assert.Single(pair.ServerEvents.OfType<SessionEvent.BindingVerified>());
        var ipv4 = pair.ClientEvents.OfType<SessionEvent.Ipv4Opened>().Single();
        Assert.Equal((Parts.Addresses.Ipv4!.Peer, Parts.Addresses.Ipv4.Gateway), (ipv4.Own, ipv4.Peer));
        Assert.Equal(Parts.Addresses.Ipv4.Dns, ipv4.Dns);
        Assert.Equal(1UL, pair.ClientEvents.OfType<SessionEvent.Ipv6Opened>().Single().PeerInterfaceId);
        foreach (var session in new Session[] { pair.Server, pair.Client })
        {
            Assert.True(session.Forwards(PppProtocol.Ipv4) && session.Forwards(PppProtocol.Ipv6));
            Assert.False(session.IsOver);
        }
    }

    [Theory]
    [InlineData(AuthenticationMethod.MsChapV2)]
    [InlineData(AuthenticationMethod.Eap)]
    public void The_key_is_erased_as_soon_as_the_binding_is_verified(AuthenticationMethod method)
    {
        var pair = SessionPair.Connected(method);

        var key = Assert.Single(pair.Keys);
        Assert.False(key.Octets.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void The_key_is_erased_when_the_client_goes_away_before_it_acknowledged_the_verdict()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.Eap);
        pair.ClientPacketArrives = packet => !Wire.IsEapSuccessResponse(packet);
        pair.Run();
        var key = Assert.Single(pair.Keys);
        Assert.True(key.Octets.ContainsAnyExcept((byte)0), "there is nothing to erase");

        pair.Server.TransportLost("gone");

        Assert.False(key.Octets.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void The_key_of_a_verdict_that_came_too_late_is_erased()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.Judges = false;
        pair.Run();
        var offered = pair.ServerEvents.OfType<SessionEvent.CredentialsOffered>().Single();
        var verdict = Assert.IsType<AuthenticationVerdict.Accepted>(Parts.Judge(offered.Credentials));
        pair.Server.TransportLost("gone");

        pair.Server.Conclude(verdict, pair.Now);

        Assert.False(verdict.Key.Octets.ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(AuthenticationMethod.Pap)]
    [InlineData(AuthenticationMethod.ChapMd5)]
    [InlineData(AuthenticationMethod.MsChapV2)]
    [InlineData(AuthenticationMethod.Eap)]
    public void A_wrong_password_ends_the_session_at_both_ends(AuthenticationMethod method)
    {
        var pair = SessionPair.WithPassword("wrong", method);

        pair.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(SessionEndCause.AuthenticationFailed, pair.Server.End?.Cause);
        Assert.NotNull(pair.Client.End);
        Assert.Empty(pair.ServerEvents.OfType<SessionEvent.Authenticated>());
        Assert.Empty(pair.ServerEvents.OfType<SessionEvent.BindingVerified>());
    }

    [Fact]
    public void A_call_connected_that_comes_before_the_verdict_is_verified_with_it()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.ChapMd5);
        pair.Judges = false;
        pair.Run();
        Assert.Empty(pair.ServerEvents.OfType<SessionEvent.BindingVerified>());

        // As sstpc sends it, with its response; the key of CHAP with MD5 is known to be none.
        pair.Server.Receive(Wire.CallConnected(pair.SentByServer), pair.Now);
        Assert.Null(pair.Server.End);
        var offered = pair.ServerEvents.OfType<SessionEvent.CredentialsOffered>().Single();
        pair.Server.Conclude(Parts.Judge(offered.Credentials), pair.Now);

        Assert.True(pair.Server.TryTakeEvent(out var first));
        Assert.True(pair.Server.TryTakeEvent(out var second));
        Assert.Equal(
            [typeof(SessionEvent.Authenticated), typeof(SessionEvent.BindingVerified)],
            new[] { first.GetType(), second.GetType() });
    }

    [Fact]
    public void Packets_do_not_pass_before_the_binding_is_verified_although_an_address_is_agreed_on()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.ClientPacketArrives = packet => !Wire.IsControl(packet, 0x0004);

        pair.Run();

        Assert.Single(pair.ServerEvents.OfType<SessionEvent.Ipv4Opened>());
        Assert.False(pair.Server.Forwards(PppProtocol.Ipv4));
        Assert.False(pair.Server.Forwards(PppProtocol.Ipv6));
    }

    [Fact]
    public void A_replayed_call_connected_ends_the_session()
    {
        var pair = SessionPair.Connected();
        var callConnected = pair.SentByClient.Single(packet => Wire.IsControl(packet, 0x0004));

        pair.Server.Receive(callConnected, pair.Now);
        pair.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(SessionEndCause.PeerFault, pair.Server.End?.Cause);
        Assert.False(pair.Server.Forwards(PppProtocol.Ipv4));
    }

    [Fact]
    public void A_binding_for_another_certificate_ends_the_session_and_names_the_cause()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.ClientPacketArrives = packet => !Wire.IsControl(packet, 0x0004);
        pair.Run();
        var callConnected = pair.SentByClient.Single(packet => Wire.IsControl(packet, 0x0004));
        callConnected[50] ^= 1; // within the certificate hash: offset 48, 32 octets (MS-SSTP 2.2.7)

        pair.Server.Receive(callConnected, pair.Now);
        Assert.Null(pair.Server.End);
        pair.Server.TransportLost("connection reset");

        Assert.Equal(SessionEndCause.BindingFailed, pair.Server.End?.Cause);
    }
}
