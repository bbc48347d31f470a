using System.Net;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp;

public sealed class LinkPairTests
{
    private static LinkPair Pair(AuthenticationMethod[] server, AuthenticationMethod[] client, int delay = 20) => new(
        new ServerLinkSettings { Methods = server },
        new ClientLinkSettings { Methods = client },
        TimeSpan.FromMilliseconds(delay));

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(600)]
    [InlineData(1400)]                           // an answer still comes before the restart timer runs out
    public void Both_ends_open_IPv4_and_IPv6_and_agree_on_the_addresses(int delay)
    {
        var pair = Pair([AuthenticationMethod.Eap], [AuthenticationMethod.Eap], delay);

        pair.Run(30);

        Assert.Equal("alice", Assert.Single(pair.ServerEvents.OfType<LinkEvent.Authenticated>()).UserName);
        Assert.Equal(IPAddress.Parse("10.9.0.7"), Assert.Single(pair.ServerEvents.OfType<LinkEvent.Ipv4Opened>()).Peer);
        var ipv4 = Assert.Single(pair.ClientEvents.OfType<ClientLinkEvent.Ipv4Opened>());
        Assert.Equal((IPAddress.Parse("10.9.0.7"), IPAddress.Parse("10.9.0.1")), (ipv4.Address, ipv4.Gateway));
        Assert.Equal([IPAddress.Parse("10.9.0.1"), IPAddress.Parse("9.9.9.9")], ipv4.Dns);

        var ipv6 = Assert.Single(pair.ClientEvents.OfType<ClientLinkEvent.Ipv6Opened>());
        Assert.Equal(1UL, ipv6.PeerInterfaceId);
        Assert.Equal(ipv6.OwnInterfaceId, Assert.Single(pair.ServerEvents.OfType<LinkEvent.Ipv6Opened>()).PeerInterfaceId);
        Assert.Equal((4087, 4087), (pair.Server.PeerMru, pair.Client.PeerMru));
        Assert.True(pair.Server.Ipv4Open && pair.Server.Ipv6Open && pair.Client.Ipv4Open && pair.Client.Ipv6Open);
    }

    [Fact]
    public void The_client_gets_its_wish_where_the_server_allows_it()
    {
        var pair = Pair(
            [AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2, AuthenticationMethod.Pap],
            [AuthenticationMethod.Pap]);

        pair.Run(2);

        Assert.Equal(AuthenticationMethod.Pap, Assert.Single(pair.ServerEvents.OfType<LinkEvent.Authenticated>()).Method);
        Assert.Equal(AuthenticationMethod.Pap, Assert.Single(pair.ClientEvents.OfType<ClientLinkEvent.Authenticated>()).Method);
    }

    [Fact]
    public void Both_ends_close_when_they_have_no_method_in_common()
    {
        var pair = Pair([AuthenticationMethod.MsChapV2], [AuthenticationMethod.Pap]);

        pair.Run(2);

        Assert.Equal(
            LinkEndReason.NoCommonAuthenticationMethod,
            Assert.IsType<LinkEvent.Closed>(pair.ServerEvents[^1]).End.Reason);
        Assert.Equal(LinkEndReason.PeerTerminate, Assert.IsType<ClientLinkEvent.Closed>(pair.ClientEvents[^1]).End.Reason);
    }

    [Fact]
    public void Both_ends_close_within_a_second_when_the_password_is_wrong()
    {
        var pair = Pair([AuthenticationMethod.Eap], [AuthenticationMethod.Eap]);
        pair.Verdict = new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "", MayRetry: false);

        pair.Run(1);

        Assert.Equal(LinkEndReason.AuthenticationFailed, Assert.IsType<LinkEvent.Closed>(pair.ServerEvents[^1]).End.Reason);
        Assert.Equal(LinkEndReason.AuthenticationFailed, Assert.IsType<ClientLinkEvent.Closed>(pair.ClientEvents[^1]).End.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_end_can_terminate_and_both_know_who_did(bool server)
    {
        var pair = Pair([AuthenticationMethod.Eap], [AuthenticationMethod.Eap]);
        pair.Run(2);

        if (server) pair.Server.Terminate(pair.Now);
        else pair.Client.Terminate(pair.Now);
        pair.Run(1);

        var atServer = Assert.IsType<LinkEvent.Closed>(pair.ServerEvents[^1]).End.Reason;
        var atClient = Assert.IsType<ClientLinkEvent.Closed>(pair.ClientEvents[^1]).End.Reason;
        Assert.Equal(
            server
                ? (LinkEndReason.LocalTerminate, LinkEndReason.PeerTerminate)
                : (LinkEndReason.PeerTerminate, LinkEndReason.LocalTerminate),
            (atServer, atClient));
        Assert.Single(pair.ServerEvents.OfType<LinkEvent.Ipv4Closed>());
        Assert.Single(pair.ClientEvents.OfType<ClientLinkEvent.Ipv6Closed>());
    }
}
