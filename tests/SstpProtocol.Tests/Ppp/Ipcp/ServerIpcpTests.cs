using System.Net;
using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp.Ipcp;

/// <summary>
/// The peer is assigned 10.9.0.7, told 10.9.0.1 for the gateway, and given 10.9.0.1 and 9.9.9.9 for name servers.
/// </summary>
public sealed class ServerIpcpTests
{
    [Fact]
    public void Always_tells_the_peer_the_gateways_address()
    {
        var bench = ServerBench.Authenticated();

        bench.Link.AssignAddresses(ServerBench.Addresses, bench.Now);

        Assert.Equal(
            ["8021: 01 01 00 0A 03 06 0A 09 00 01", "8057: 01 01 00 0E 01 0A 00 00 00 00 00 00 00 01"],
            bench.Sent());
    }

    [Fact]
    public void Leads_Windows_through_reject_and_Nak_to_its_address_and_name_servers()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1,
            "03 06 00 00 00 00 81 06 00 00 00 00 82 06 00 00 00 00 83 06 00 00 00 00 84 06 00 00 00 00"));
        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 2, "03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00"));
        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 3, "03 06 0A 09 00 07 81 06 0A 09 00 01 83 06 09 09 09 09"));
        bench.Receive(PppProtocol.Ipcp, "02 01 00 0A 03 06 0A 09 00 01");

        Assert.Equal(
            [
                "8021: 04 01 00 10 82 06 00 00 00 00 84 06 00 00 00 00",
                "8021: 03 02 00 16 03 06 0A 09 00 07 81 06 0A 09 00 01 83 06 09 09 09 09",
                "8021: 02 03 00 16 03 06 0A 09 00 07 81 06 0A 09 00 01 83 06 09 09 09 09",
            ],
            bench.Sent());
        Assert.Equal([new LinkEvent.Ipv4Opened(IPAddress.Parse("10.9.0.7"))], bench.Events());
        Assert.True(bench.Link.Ipv4Open);
    }

    [Fact]
    public void Rejects_the_header_compression_of_pppd()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1, "03 06 00 00 00 00 02 06 00 2D 0F 01 81 06 00 00 00 00"));

        Assert.Equal(["8021: 04 01 00 0A 02 06 00 2D 0F 01"], bench.Sent());
    }

    [Fact]
    public void Rejects_name_servers_it_does_not_have()
    {
        var bench = ServerBench.Assigned(new LinkAddresses(ServerBench.Addresses.Ipv4! with { Dns = [] }, null));

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1, "03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00"));

        Assert.Equal(["8021: 04 01 00 10 81 06 00 00 00 00 83 06 00 00 00 00"], bench.Sent());
    }

    [Fact]
    public void Rejects_a_second_name_server_where_it_has_one()
    {
        var ipv4 = ServerBench.Addresses.Ipv4! with { Dns = [IPAddress.Parse("9.9.9.9")] };
        var bench = ServerBench.Assigned(new LinkAddresses(ipv4, null));

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1, "03 06 0A 09 00 07 81 06 09 09 09 09 83 06 00 00 00 00"));

        Assert.Equal(["8021: 04 01 00 0A 83 06 00 00 00 00"], bench.Sent());
    }

    [Theory]
    [InlineData("C0 A8 01 05")]
    [InlineData("0A 09 00 01")]
    [InlineData("0A 09 00 08")]
    [InlineData("FF FF FF FF")]
    public void Does_not_let_the_peer_choose_its_address(string wish)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1, $"03 06 {wish}"));

        Assert.Equal(["8021: 03 01 00 0A 03 06 0A 09 00 07"], bench.Sent());
        Assert.False(bench.Link.Ipv4Open);
    }

    [Fact]
    public void Names_the_address_to_a_peer_that_does_not_ask_for_one_and_gives_in_after_five_times()
    {
        var bench = ServerBench.Assigned();

        for (byte i = 1; i <= 6; i++) bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, i, ""));

        var sent = bench.Sent();
        Assert.All(sent[..5], packet => Assert.EndsWith("00 0A 03 06 0A 09 00 07", packet, StringComparison.Ordinal));
        Assert.Equal("8021: 02 06 00 04", sent[5]);
    }

    [Fact]
    public void Stands_by_the_gateways_address_when_the_peer_wants_another()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, "03 01 00 0A 03 06 C0 A8 00 01");

        Assert.StartsWith("8021: 01 ", bench.Sent()[0], StringComparison.Ordinal);
        bench.Receive(PppProtocol.Ipcp, "02 02 00 0A 03 06 0A 09 00 01");
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 07");
        Assert.True(bench.Link.Ipv4Open);
    }

    [Fact]
    public void Opens_without_telling_the_gateways_address_to_a_peer_that_rejects_it()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, "04 01 00 0A 03 06 0A 09 00 01");
        Assert.Equal(["8021: 01 02 00 04"], bench.Sent());

        bench.Receive(PppProtocol.Ipcp, "02 02 00 04");
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 07");
        Assert.True(bench.Link.Ipv4Open);
    }

    [Theory]
    [InlineData("03 05 0A 09 00")]
    [InlineData("03 02")]
    [InlineData("81 08 00 00 00 00 00 00")]
    [InlineData("01 0A 00 00 00 00 00 00 00 00")]
    public void Rejects_options_of_a_wrong_length_and_the_old_address_option(string option)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipcp, ServerBench.Packet(1, 1, $"03 06 0A 09 00 07 {option}"));

        Assert.Equal([$"8021: {ServerBench.Packet(4, 1, option)}"], bench.Sent());
    }

    [Fact]
    public void Answers_a_request_that_came_before_the_address_was_assigned()
    {
        var bench = ServerBench.Authenticated();
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 00 00 00 00");
        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 0E 01 0A 02 00 00 00 00 00 00 55");
        Assert.Empty(bench.Sent());

        bench.Link.AssignAddresses(ServerBench.Addresses with { Ipv6 = null }, bench.Now);

        Assert.Equal(
            [
                "8021: 01 01 00 0A 03 06 0A 09 00 01",
                "8021: 03 01 00 0A 03 06 0A 09 00 07",
                "C021: 08 02 00 14 80 57 01 01 00 0E 01 0A 02 00 00 00 00 00 00 55",
            ],
            bench.Sent());
    }

    [Fact]
    public void Closes_and_opens_again_when_the_peer_negotiates_anew()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Receive(PppProtocol.Ipcp, "01 07 00 0A 03 06 0A 09 00 07");
        Assert.Equal([new LinkEvent.Ipv4Closed()], bench.Events());
        Assert.False(bench.Link.Ipv4Open);

        bench.Receive(PppProtocol.Ipcp, "02 02 00 0A 03 06 0A 09 00 01");
        Assert.Equal([new LinkEvent.Ipv4Opened(IPAddress.Parse("10.9.0.7"))], bench.Events());
    }

    [Fact]
    public void Does_not_know_the_codes_of_LCP()
    {
        var bench = ServerBench.Ipv4AndIpv6Opened();

        bench.Receive(PppProtocol.Ipcp, "09 01 00 08 00 00 00 00");

        Assert.Equal(["8021: 07 02 00 0C 09 01 00 08 00 00 00 00"], bench.Sent());
    }

    [Fact]
    public void Refuses_an_assignment_that_is_not_IPv4()
    {
        var bench = ServerBench.Authenticated();
        var addresses = new LinkAddresses(new Ipv4Assignment(IPAddress.IPv6Loopback, IPAddress.Loopback, []), null);

        Assert.Throws<ArgumentException>(() => bench.Link.AssignAddresses(addresses, bench.Now));
    }
}
