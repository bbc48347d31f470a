using System.Net;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp;

public sealed class ClientLinkTests
{
    private static ClientLinkSettings Allowing(params AuthenticationMethod[] methods) => new() { Methods = methods };

    [Fact]
    public void Asks_for_an_MRU_and_a_magic_number() =>
        Assert.Equal(["C021: 01 01 00 0E 01 04 0F F7 05 06 01 01 01 01"], new ClientBench().Sent());

    [Theory]
    [InlineData("03 04 C2 27", AuthenticationMethod.Eap)]
    [InlineData("03 05 C2 23 81", AuthenticationMethod.MsChapV2)]
    public void Takes_every_allowed_method(string option, AuthenticationMethod method)
    {
        var bench = ClientBench.LcpOpened(serverOptions: option);

        Assert.Equal(method, Assert.Single(bench.Peers).Method);
    }

    [Fact]
    public void Asks_for_its_own_methods_in_turn_when_the_server_proposes_another_and_rejects_that_in_the_end()
    {
        var bench = new ClientBench();
        bench.Sent();

        for (byte i = 1; i <= 6; i++) bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, i, "03 04 C0 23"));

        Assert.Equal(
            [
                "C021: 03 01 00 08 03 04 C2 27",
                "C021: 03 02 00 09 03 05 C2 23 81",
                "C021: 03 03 00 08 03 04 C2 27",
                "C021: 03 04 00 09 03 05 C2 23 81",
                "C021: 03 05 00 08 03 04 C2 27",
                "C021: 04 06 00 08 03 04 C0 23",
            ],
            bench.Sent());
    }

    [Fact]
    public void Ends_the_link_when_the_server_does_not_ask_for_authentication()
    {
        var bench = ClientBench.LcpOpened(serverOptions: "");

        bench.Advance(3);

        Assert.Equal(LinkEndReason.AuthenticationRefused, bench.End().Reason);
    }

    [Fact]
    public void Asks_for_addresses_as_soon_as_it_is_authenticated()
    {
        var bench = ClientBench.LcpOpened();

        bench.Receive(PppProtocol.Chap, "01 00 00 04");
        Assert.Equal(["C223: 02 00 00 09 61 6C 69 63 65"], bench.Sent());
        bench.Receive(PppProtocol.Chap, "03 00 00 04");

        Assert.Equal([new ClientLinkEvent.Authenticated(HigherLayerKey.None, AuthenticationMethod.Eap)], bench.Events());
        Assert.Equal(
            [
                "8021: 01 01 00 16 03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00",
                "8057: 01 01 00 0E 01 0A 00 02 02 02 02 02 02 02",
            ],
            bench.Sent());
    }

    [Fact]
    public void Takes_the_address_and_name_servers_that_it_is_given()
    {
        var bench = ClientBench.Authenticated();

        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 01");
        bench.Receive(PppProtocol.Ipcp, "03 01 00 16 03 06 0A 09 00 07 81 06 09 09 09 09 83 06 08 08 08 08");
        Assert.Equal("8021: 01 02 00 16 03 06 0A 09 00 07 81 06 09 09 09 09 83 06 08 08 08 08", bench.Sent()[^1]);
        bench.Receive(PppProtocol.Ipcp, "02 02 00 16 03 06 0A 09 00 07 81 06 09 09 09 09 83 06 08 08 08 08");

        var opened = Assert.IsType<ClientLinkEvent.Ipv4Opened>(Assert.Single(bench.Events()));
        Assert.Equal(IPAddress.Parse("10.9.0.7"), opened.Address);
        Assert.Equal(IPAddress.Parse("10.9.0.1"), opened.Gateway);
        Assert.Equal([IPAddress.Parse("9.9.9.9"), IPAddress.Parse("8.8.8.8")], opened.Dns);
        Assert.True(bench.Link.Ipv4Open);
    }

    [Fact]
    public void Does_without_name_servers_that_the_server_does_not_have()
    {
        var bench = ClientBench.Authenticated();
        bench.Sent();

        bench.Receive(PppProtocol.Ipcp, "01 01 00 04");
        bench.Receive(PppProtocol.Ipcp, "04 01 00 10 81 06 00 00 00 00 83 06 00 00 00 00");
        bench.Receive(PppProtocol.Ipcp, "03 02 00 0A 03 06 0A 09 00 07");
        bench.Receive(PppProtocol.Ipcp, "02 03 00 0A 03 06 0A 09 00 07");

        var opened = Assert.IsType<ClientLinkEvent.Ipv4Opened>(Assert.Single(bench.Events()));
        Assert.Null(opened.Gateway);
        Assert.Empty(opened.Dns);
    }

    [Theory]
    [InlineData("00 00 00 00")]
    [InlineData("7F 00 00 01")]
    [InlineData("E0 00 00 01")]
    [InlineData("FF FF FF FF")]
    public void Takes_no_address_that_a_host_cannot_have(string address)
    {
        var bench = ClientBench.Authenticated();
        bench.Sent();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(3, 1, $"03 06 {address}"));

        Assert.Equal(["8021: 01 02 00 16 03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00"], bench.Sent());
    }

    [Fact]
    public void Closes_IPCP_when_the_server_acknowledges_no_address()
    {
        var bench = ClientBench.Authenticated();
        bench.Sent();

        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 01");
        bench.Receive(PppProtocol.Ipcp, "02 01 00 16 03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00");

        Assert.Equal(["8021: 02 01 00 0A 03 06 0A 09 00 01", "8021: 05 02 00 04"], bench.Sent());
        Assert.Empty(bench.Events());
        Assert.False(bench.Link.Ipv4Open);
    }

    [Theory]
    [InlineData("03 06 00 00 00 00")]
    [InlineData("02 06 00 2D 0F 01")]
    [InlineData("81 06 00 00 00 00")]
    public void Rejects_what_a_server_has_no_business_to_ask(string option)
    {
        var bench = ClientBench.Authenticated();
        bench.Sent();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 4, option));

        Assert.Equal([$"8021: {ServerBench.Packet(4, 4, option)}"], bench.Sent());
    }

    [Fact]
    public void Takes_the_identifier_that_it_is_given_and_learns_the_servers()
    {
        var bench = ClientBench.Authenticated();

        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 0E 01 0A 00 00 00 00 00 00 00 01");
        bench.Receive(PppProtocol.Ipv6cp, "03 01 00 0E 01 0A 00 00 00 00 00 00 00 77");
        bench.Receive(PppProtocol.Ipv6cp, "02 02 00 0E 01 0A 00 00 00 00 00 00 00 77");

        Assert.Equal([new ClientLinkEvent.Ipv6Opened(0x77, 1)], bench.Events());
    }

    [Fact]
    public void Lets_the_server_have_no_identifier_equal_to_its_own()
    {
        var bench = ClientBench.Authenticated();
        bench.Sent();

        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 0E 01 0A 00 02 02 02 02 02 02 02");

        Assert.Equal(["8057: 03 01 00 0E 01 0A 01 03 03 03 03 03 03 03"], bench.Sent());
    }

    [Fact]
    public void Asks_for_the_interface_identifier_it_had_before()
    {
        var bench = ClientBench.Authenticated(Allowing(AuthenticationMethod.Eap) with { InterfaceId = 0x1234 });

        Assert.Contains("8057: 01 01 00 0E 01 0A 00 00 00 00 00 00 12 34", bench.Sent());
    }

    [Fact]
    public void Negotiates_only_what_it_is_meant_to()
    {
        var settings = Allowing(AuthenticationMethod.Eap) with { Ipv6 = false, WishedAddress = IPAddress.Parse("10.9.0.9") };
        var bench = ClientBench.Authenticated(settings);

        Assert.Equal("8021: 01 01 00 16 03 06 0A 09 00 09 81 06 00 00 00 00 83 06 00 00 00 00", bench.Sent()[^1]);
        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 04");
        Assert.Equal(["C021: 08 02 00 0A 80 57 01 01 00 04"], bench.Sent());
    }

    [Fact]
    public void Says_in_the_servers_words_why_it_was_refused()
    {
        var bench = ClientBench.LcpOpened();
        bench.Receive(PppProtocol.Chap, "01 00 00 04");

        bench.Receive(PppProtocol.Chap, "04 00 00 04");
        bench.Advance(3);

        Assert.Equal(new LinkEnd(LinkEndReason.AuthenticationFailed, "Eap authentication failed: E=691 go.away"), bench.End());
    }

    [Fact]
    public void Ends_the_link_when_the_server_stops_answering_its_authentication()
    {
        var bench = ClientBench.LcpOpened();
        bench.Peers[0].GiveUp();

        bench.Advance(1);
        bench.Advance(3);

        Assert.Equal(LinkEndReason.AuthenticationTimeout, bench.End().Reason);
    }

    [Fact]
    public void Begins_authentication_anew_when_the_server_begins_LCP_anew()
    {
        var bench = ClientBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, "01 02 00 09 03 05 C2 23 81");
        bench.Receive(PppProtocol.Lcp, "02 02 00 0E 01 04 0F F7 05 06 01 01 01 01");

        Assert.Equal([AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2], bench.Peers.Select(peer => peer.Method));
    }

    [Fact]
    public void Opens_IPv6_with_a_server_that_takes_no_identifier()
    {
        var bench = ClientBench.Authenticated();

        bench.Receive(PppProtocol.Ipv6cp, "04 01 00 0E 01 0A 00 02 02 02 02 02 02 02");
        bench.Receive(PppProtocol.Ipv6cp, "02 02 00 04");
        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 04");

        Assert.Equal([new ClientLinkEvent.Ipv6Opened(0x0002_0202_0202_0202, null)], bench.Events());
    }

    [Fact]
    public void Finds_out_that_the_line_returns_its_own_packets()
    {
        var bench = new ClientBench();

        for (var round = 0; round < 10 && bench.Link.NextDeadline is not null; round++)
        {
            foreach (var packet in bench.Sent()) bench.Receive(PppProtocol.Lcp, packet[6..]);
        }

        Assert.Equal(LinkEndReason.LoopedBack, bench.End().Reason);
    }

    [Fact]
    public void Needs_at_least_one_method() => Assert.Throws<ArgumentException>(() => new ClientBench(Allowing()));
}
