using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp;

public sealed class ServerLinkPhasesTests
{
    private const string AliceAnswers = "02 00 00 09 61 6C 69 63 65";
    private const string BobAnswers = "02 00 00 07 62 6F 62";

    private static readonly AuthenticationVerdict Accepted = new AuthenticationVerdict.Accepted(HigherLayerKey.None, "");

    private static AuthenticationVerdict.Rejected Rejected(bool mayRetry) =>
        new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "", mayRetry);

    private static Credentials Offered(ServerBench bench) =>
        Assert.IsType<LinkEvent.CredentialsOffered>(Assert.Single(bench.Events())).Credentials;

    [Fact]
    public void Offers_credentials_once_and_reports_who_they_proved_to_be()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Chap, AliceAnswers);
        Assert.Equal("alice", Offered(bench).UserName);

        bench.Link.Conclude(Accepted, bench.Now);
        Assert.Equal(["C223: 03 00 00 04"], bench.Sent());
        Assert.Equal([new LinkEvent.Authenticated(HigherLayerKey.None, "alice", AuthenticationMethod.Eap)], bench.Events());
    }

    [Fact]
    public void Holds_back_further_credentials_until_the_first_are_judged()
    {
        var bench = ServerBench.LcpOpened();
        bench.Receive(PppProtocol.Chap, AliceAnswers);
        bench.Receive(PppProtocol.Chap, BobAnswers);
        Assert.Single(bench.Events());

        bench.Link.Conclude(Rejected(mayRetry: true), bench.Now);

        Assert.Equal("bob", Offered(bench).UserName);
    }

    [Fact]
    public void Refuses_the_peer_and_ends_the_link_when_the_credentials_are_wrong()
    {
        var bench = ServerBench.LcpOpened();
        bench.Receive(PppProtocol.Chap, AliceAnswers);
        bench.Events();

        bench.Link.Conclude(Rejected(mayRetry: false), bench.Now);

        Assert.Equal(["C223: 04 00 00 04", "C021: 05 02 00 04"], bench.Sent());
        bench.Receive(PppProtocol.Lcp, "06 02 00 04");
        Assert.Equal(
            new LinkEnd(LinkEndReason.AuthenticationFailed, "Eap authentication failed: AuthenticationFailure"),
            bench.End());
    }

    [Fact]
    public void Takes_no_verdict_that_nobody_asked_for()
    {
        var bench = ServerBench.LcpOpened();

        bench.Link.Conclude(Accepted, bench.Now);
        bench.Receive(PppProtocol.Chap, AliceAnswers);
        bench.Link.Conclude(Rejected(mayRetry: true), bench.Now);
        bench.Link.Conclude(Accepted, bench.Now);

        Assert.Single(bench.Authenticators[0].Verdicts);
    }

    [Fact]
    public void Begins_authentication_anew_when_LCP_begins_anew_before_any_credentials()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, "01 05 00 0A 05 06 AA BB CC DD");
        Assert.Equal(
            ["C021: 01 02 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01", "C021: 02 05 00 0A 05 06 AA BB CC DD"],
            bench.Sent());
        bench.Receive(PppProtocol.Lcp, "02 02 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01");

        Assert.Equal(2, bench.Authenticators.Count);
        bench.Receive(PppProtocol.Chap, AliceAnswers);
        bench.Link.Conclude(Accepted, bench.Now);
        Assert.Empty(bench.Authenticators[0].Verdicts);
        Assert.IsType<LinkEvent.Authenticated>(bench.Events()[^1]);
    }

    [Fact]
    public void Lets_no_verdict_about_one_user_meet_the_credentials_of_another()
    {
        var bench = ServerBench.LcpOpened();
        bench.Receive(PppProtocol.Chap, AliceAnswers);

        // Alice's verdict is on its way; the peer starts over and calls itself bob.
        bench.Receive(PppProtocol.Lcp, "01 05 00 0A 05 06 AA BB CC DD");
        bench.Receive(PppProtocol.Lcp, "02 02 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Chap, BobAnswers);
        bench.Link.Conclude(Accepted, bench.Now);
        bench.Advance(3);

        var events = bench.Events();
        Assert.DoesNotContain(events, linkEvent => linkEvent is LinkEvent.Authenticated);
        Assert.Equal(LinkEndReason.LcpRenegotiated, Assert.IsType<LinkEvent.Closed>(events[^1]).End.Reason);
    }

    [Fact]
    public void Ends_the_link_when_LCP_begins_anew_after_authentication()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Receive(PppProtocol.Lcp, "01 05 00 0A 05 06 AA BB CC DD");
        Assert.Equal([new LinkEvent.Ipv4Closed(), new LinkEvent.Ipv6Closed()], bench.Events());
        Assert.False(bench.Link.Ipv4Open || bench.Link.Ipv6Open);

        bench.Advance(3);
        Assert.Equal(LinkEndReason.LcpRenegotiated, bench.End().Reason);
    }

    [Fact]
    public void Lets_a_peer_that_repeats_its_answer_have_the_result_again()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Chap, AliceAnswers);

        Assert.Equal(["C223: 03 00 00 04"], bench.Sent());
        Assert.Empty(bench.Events());
    }

    [Fact]
    public void Ticks_the_authenticator_at_its_deadline()
    {
        var bench = ServerBench.LcpOpened();

        bench.Advance(5);

        Assert.Equal(1, bench.Authenticators[0].Ticks);
    }

    [Fact]
    public void Ends_the_link_when_the_peer_stops_answering_the_authenticator()
    {
        var bench = ServerBench.LcpOpened();
        bench.Authenticators[0].GiveUp();

        bench.Advance(5 + 3);

        Assert.Equal(LinkEndReason.AuthenticationTimeout, bench.End().Reason);
    }

    [Fact]
    public void Ends_the_link_when_authentication_takes_longer_than_allowed()
    {
        var bench = ServerBench.LcpOpened();

        bench.Advance(119.9);
        Assert.Empty(bench.Sent());

        bench.Advance(0.1);
        Assert.Equal(["C021: 05 02 00 04"], bench.Sent());

        bench.Advance(3);
        Assert.Equal(new LinkEnd(LinkEndReason.AuthenticationTimeout, "authentication took longer than 120 s"), bench.End());
    }

    [Fact]
    public void Ends_the_link_when_LCP_does_not_open_in_time_although_the_peer_talks()
    {
        var bench = new ServerBench(new ServerLinkSettings { Methods = [default], LcpTimeout = TimeSpan.FromSeconds(10) });
        bench.Link.Start(bench.Now);
        bench.Receive(PppProtocol.Lcp, "01 01 00 04");

        bench.Advance(13);

        Assert.Equal(new LinkEnd(LinkEndReason.LcpTimeout, "LCP did not open within 10 s"), bench.End());
    }

    [Fact]
    public void Ends_the_link_when_no_network_opens()
    {
        var bench = ServerBench.Assigned();

        bench.Advance(29.9);
        Assert.Empty(bench.Events());

        bench.Advance(3.1);
        Assert.Equal(LinkEndReason.NoNetworkProtocol, bench.End().Reason);
    }

    [Fact]
    public void Waits_for_addresses_as_long_as_it_takes()
    {
        var bench = ServerBench.Authenticated();

        bench.Advance(3600);

        Assert.Empty(bench.Events());
        Assert.Null(bench.Link.NextDeadline);
    }

    [Fact]
    public void Has_nothing_to_wait_for_once_all_is_open()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        Assert.Null(bench.Link.NextDeadline);
        bench.Advance(86_400);
        Assert.Empty(bench.Events());
        Assert.Empty(bench.Sent());
    }

    [Fact]
    public void Assigns_addresses_only_once_and_only_to_an_authenticated_peer()
    {
        var bench = ServerBench.LcpOpened();
        bench.Link.AssignAddresses(ServerBench.Addresses, bench.Now);
        Assert.Empty(bench.Sent());

        bench = ServerBench.Assigned();
        bench.Link.AssignAddresses(ServerBench.Addresses, bench.Now);
        Assert.Empty(bench.Sent());
    }
}
