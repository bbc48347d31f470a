using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp.Ipv6cp;

/// <summary>The gateway has identifier 1; the peer is offered 77.</summary>
public sealed class ServerIpv6cpTests
{
    private const string GatewayAck = "02 01 00 0E 01 0A 00 00 00 00 00 00 00 01";

    [Fact]
    public void Takes_the_identifier_that_the_peer_chose()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, "01 04 00 0E 01 0A 02 11 22 33 44 55 66 77");
        bench.Receive(PppProtocol.Ipv6cp, GatewayAck);

        Assert.Equal(["8057: 02 04 00 0E 01 0A 02 11 22 33 44 55 66 77"], bench.Sent());
        Assert.Equal([new LinkEvent.Ipv6Opened(0x0211_2233_4455_6677)], bench.Events());
        Assert.True(bench.Link.Ipv6Open);
    }

    [Theory]
    [InlineData("00 00 00 00 00 00 00 00")]
    [InlineData("00 00 00 00 00 00 00 01")]
    public void Offers_another_to_a_peer_that_has_none_or_the_gateways(string identifier)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, ServerBench.Packet(1, 4, $"01 0A {identifier}"));

        Assert.Equal(["8057: 03 04 00 0E 01 0A 00 00 00 00 00 00 00 77"], bench.Sent());
    }

    [Fact]
    public void Offers_one_to_a_peer_that_does_not_ask()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, "01 04 00 04");

        Assert.Equal(["8057: 03 04 00 0E 01 0A 00 00 00 00 00 00 00 77"], bench.Sent());
    }

    [Theory]
    [InlineData("02 04 00 61")]
    [InlineData("01 09 11 22 33 44 55 66 77")]
    [InlineData("01 0B 11 22 33 44 55 66 77 88 99")]
    [InlineData("01 02")]
    public void Rejects_header_compression_and_identifiers_of_a_wrong_length(string option)
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, ServerBench.Packet(1, 4, $"01 0A 02 11 22 33 44 55 66 77 {option}"));

        Assert.Equal([$"8057: {ServerBench.Packet(4, 4, option)}"], bench.Sent());
    }

    [Fact]
    public void Keeps_the_gateways_identifier_when_the_peer_wants_another()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, "03 01 00 0E 01 0A 00 00 00 00 00 00 00 99");

        Assert.Equal(["8057: 01 02 00 0E 01 0A 00 00 00 00 00 00 00 01"], bench.Sent());
    }

    [Fact]
    public void Opens_without_telling_the_gateways_identifier_to_a_peer_that_rejects_it()
    {
        var bench = ServerBench.Assigned();

        bench.Receive(PppProtocol.Ipv6cp, "04 01 00 0E 01 0A 00 00 00 00 00 00 00 01");
        bench.Receive(PppProtocol.Ipv6cp, "02 02 00 04");
        bench.Receive(PppProtocol.Ipv6cp, "01 04 00 0E 01 0A 02 11 22 33 44 55 66 77");

        Assert.True(bench.Link.Ipv6Open);
    }
}
