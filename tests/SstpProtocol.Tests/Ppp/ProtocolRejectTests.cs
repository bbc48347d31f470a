using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class ProtocolRejectTests
{
    private const string CcpRequest = "01 04 00 0A 12 06 01 00 00 E1";

    [Fact]
    public void Refuses_CCP_under_a_new_identifier_each_time()
    {
        var bench = ServerBench.Authenticated();

        bench.Receive(PppProtocol.Ccp, CcpRequest);
        bench.Receive(PppProtocol.Ccp, CcpRequest);

        Assert.Equal([$"C021: 08 02 00 10 80 FD {CcpRequest}", $"C021: 08 03 00 10 80 FD {CcpRequest}"], bench.Sent());
    }

    [Fact]
    public void Lets_IPCP_open_while_the_peer_goes_on_about_CCP()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ccp, CcpRequest);
        bench.Receive(PppProtocol.Ipcp, "02 01 00 0A 03 06 0A 09 00 01");
        bench.Receive(PppProtocol.Ccp, CcpRequest);
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 07");
        bench.Receive(PppProtocol.Ccp, CcpRequest);

        Assert.True(bench.Link.Ipv4Open);
        Assert.Single(bench.Events().OfType<LinkEvent.Ipv4Opened>());
        Assert.DoesNotContain(bench.Sent(), packet => packet.StartsWith("8021: 06", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PppProtocol.Ccp)]
    [InlineData(PppProtocol.Ipcp)]
    [InlineData(PppProtocol.Ipv6cp)]
    [InlineData(PppProtocol.Cbcp)]
    [InlineData((PppProtocol)0x00FD)]
    [InlineData(PppProtocol.Chap)]
    public void Drops_everything_but_LCP_before_LCP_is_open(PppProtocol protocol)
    {
        var bench = ServerBench.Started();

        bench.Receive(protocol, CcpRequest);

        Assert.Empty(bench.Sent());
    }

    [Theory]
    [InlineData(PppProtocol.Ccp)]
    [InlineData(PppProtocol.Ipcp)]
    [InlineData(PppProtocol.LinkQualityReport)]
    public void Drops_everything_but_LCP_and_authentication_before_the_peer_is_authenticated(PppProtocol protocol)
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(protocol, CcpRequest);

        Assert.Empty(bench.Sent());
    }

    [Theory]
    [InlineData(PppProtocol.Ccp, "80 FD")]
    [InlineData(PppProtocol.Ecp, "80 53")]
    [InlineData(PppProtocol.Cbcp, "C0 29")]
    [InlineData(PppProtocol.LinkQualityReport, "C0 25")]
    [InlineData((PppProtocol)0x003D, "00 3D")]
    [InlineData((PppProtocol)0x00FD, "00 FD")]
    public void Refuses_every_protocol_that_is_not_spoken(PppProtocol protocol, string number)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(protocol, "01");

        Assert.Equal([$"C021: 08 02 00 07 {number} 01"], bench.Sent());
    }

    [Fact]
    public void Cuts_what_it_returns_to_what_the_peer_takes()
    {
        var bench = ServerBench.Authenticated(peerOptions: "01 04 02 40");

        bench.Receive(PppProtocol.Ccp, Hex.Text(new byte[4000]));

        Assert.StartsWith("C021: 08 02 02 40 80 FD ", Assert.Single(bench.Sent()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PppProtocol.Ipv4)]
    [InlineData(PppProtocol.Ipv6)]
    public void Drops_packets_of_a_network_that_is_not_open(PppProtocol protocol)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(protocol, "45 00");

        Assert.Empty(bench.Sent());
    }

    [Fact]
    public void Refuses_a_network_that_is_not_assigned()
    {
        var bench = ServerBench.Assigned(ServerBench.Addresses with { Ipv6 = null });

        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 04");

        Assert.Equal(["C021: 08 02 00 0A 80 57 01 01 00 04"], bench.Sent());
    }

    [Fact]
    public void Goes_on_with_IPv4_when_the_peer_rejects_IPv6CP()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Lcp, "08 01 00 0A 80 57 01 01 00 04");
        bench.Receive(PppProtocol.Ipcp, "02 01 00 0A 03 06 0A 09 00 01");
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 07");
        bench.Sent();
        bench.Advance(100);

        Assert.True(bench.Link.Ipv4Open);
        Assert.Single(bench.Events());
        Assert.Empty(bench.Sent());
    }
}
