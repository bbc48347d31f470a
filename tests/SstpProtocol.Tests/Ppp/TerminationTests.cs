using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class TerminationTests
{
    [Fact]
    public void Terminates_with_a_request_and_is_closed_by_the_answer()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Link.Terminate(bench.Now);
        Assert.Equal(["C021: 05 02 00 04"], bench.Sent());
        Assert.Equal([new LinkEvent.Ipv4Closed(), new LinkEvent.Ipv6Closed()], bench.Events());

        bench.Receive(PppProtocol.Lcp, "06 02 00 04");
        Assert.Equal([new LinkEvent.Closed(new LinkEnd(LinkEndReason.LocalTerminate, "terminated by this end"))], bench.Events());
        Assert.Null(bench.Link.NextDeadline);
    }

    [Fact]
    public void Is_closed_after_three_seconds_without_an_answer()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();
        bench.Link.Terminate(bench.Now);
        bench.Events();

        bench.Advance(2.9);
        Assert.Empty(bench.Events());

        bench.Advance(0.1);
        Assert.Equal(LinkEndReason.LocalTerminate, bench.End().Reason);
    }

    [Theory]
    [InlineData("05 09 00 04", "the peer ended the link")]
    [InlineData("05 09 00 10 55 73 65 72 20 72 65 71 75 65 73 74", "the peer ended the link: User request")]        // pppd
    [InlineData("05 09 00 10 08 DD 62 15 00 3C CD 74 00 00 00 00", "the peer ended the link")]   // Windows hangs up
    [InlineData("05 09 00 10 49 35 6A 58 00 3C CD 74 00 00 02 E6", "the peer ended the link: Windows error 742")]
    [InlineData("05 09 00 07 0D 0A 1B", "the peer ended the link: ...")]
    public void Acknowledges_the_peers_end_and_says_in_its_words_why(string request, string text)
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Receive(PppProtocol.Lcp, request);

        Assert.Equal(["C021: 06 09 00 04"], bench.Sent());
        Assert.Equal(
            [
                new LinkEvent.Ipv4Closed(),
                new LinkEvent.Ipv6Closed(),
                new LinkEvent.Closed(new LinkEnd(LinkEndReason.PeerTerminate, text)),
            ],
            bench.Events());
    }

    [Fact]
    public void Ends_when_the_peer_gives_up_while_still_negotiating()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "05 09 00 04");

        Assert.Equal(["C021: 06 09 00 04"], bench.Sent());
        Assert.Equal(LinkEndReason.PeerTerminate, bench.End().Reason);
    }

    [Fact]
    public void Keeps_its_own_reason_when_both_ends_terminate_at_once()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();
        bench.Link.Terminate(bench.Now);
        bench.Sent();

        bench.Receive(PppProtocol.Lcp, "05 09 00 04");

        Assert.Equal(["C021: 06 09 00 04"], bench.Sent());
        Assert.Equal(LinkEndReason.LocalTerminate, bench.End().Reason);
    }

    [Fact]
    public void Is_closed_at_once_when_terminated_before_the_start()
    {
        var bench = new ServerBench();

        bench.Link.Terminate(bench.Now);
        Assert.Equal(LinkEndReason.LocalTerminate, bench.End().Reason);

        bench.Link.Start(bench.Now);
        Assert.Empty(bench.Sent());
    }

    [Fact]
    public void Says_nothing_more_once_it_is_closed()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();
        bench.Receive(PppProtocol.Lcp, "05 09 00 04");
        bench.Sent();
        bench.Events();

        bench.Receive(PppProtocol.Lcp, "01 0A 00 04");
        bench.Receive(PppProtocol.Ccp, "01 0A 00 04");
        bench.Receive(PppProtocol.Lcp, "0C 0A 00 0A 00 00 00 00 41 42");
        bench.Link.Terminate(bench.Now);
        bench.Link.AssignAddresses(ServerBench.Addresses, bench.Now);
        bench.Advance(100);

        Assert.Empty(bench.Sent());
        Assert.Empty(bench.Events());
    }

    [Fact]
    public void Goes_on_with_IPv4_when_the_peer_terminates_IPv6CP()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Receive(PppProtocol.Ipv6cp, "05 08 00 04");
        bench.Advance(600);

        Assert.Equal(["8057: 06 08 00 04"], bench.Sent());
        Assert.Equal([new LinkEvent.Ipv6Closed()], bench.Events());
        Assert.True(bench.Link.Ipv4Open);
        Assert.False(bench.Link.Ipv6Open);
    }

    [Fact]
    public void Opens_a_terminated_network_again_when_the_peer_asks()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();
        bench.Receive(PppProtocol.Ipv6cp, "05 08 00 04");
        bench.Advance(10);
        bench.Events();
        bench.Sent();

        bench.Receive(PppProtocol.Ipv6cp, "01 09 00 0E 01 0A 00 00 00 00 00 00 00 66");
        bench.Receive(PppProtocol.Ipv6cp, "02 02 00 0E 01 0A 00 00 00 00 00 00 00 01");

        Assert.Equal([new LinkEvent.Ipv6Opened(0x66)], bench.Events());
    }

    [Fact]
    public void Ends_when_the_last_network_stays_closed()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();
        bench.Receive(PppProtocol.Ipv6cp, "05 08 00 04");
        bench.Receive(PppProtocol.Ipcp, "05 08 00 04");
        bench.Events();

        bench.Advance(29.9);
        Assert.Empty(bench.Events());

        bench.Advance(3.1);
        Assert.Equal(new LinkEnd(LinkEndReason.NoNetworkProtocol, "neither IPv4 nor IPv6 was open for 30 s"), bench.End());
    }
}
