using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp.Lcp;

public sealed class AuthenticationChoiceTests
{
    private static string Request(byte identifier, string method) =>
        $"C021: {ServerBench.Packet(1, identifier, $"01 04 0F F7 {method} 05 06 01 01 01 01")}";

    [Theory]
    [InlineData("03 05 C2 23 81", AuthenticationMethod.MsChapV2)]
    [InlineData("03 05 C2 23 05", AuthenticationMethod.ChapMd5)]
    [InlineData("03 04 C0 23", AuthenticationMethod.Pap)]
    public void Proposes_what_the_peer_wishes_where_it_is_allowed(string wish, AuthenticationMethod method)
    {
        var bench = ServerBench.Started(new ServerLinkSettings { Methods = [AuthenticationMethod.Eap, method] });

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(3, 1, wish));

        Assert.Equal([Request(2, wish)], bench.Sent());
    }

    [Fact]
    public void Begins_with_the_machine_of_the_agreed_method()
    {
        var bench = ServerBench.Started();
        bench.Receive(PppProtocol.Lcp, "03 01 00 09 03 05 C2 23 81");
        bench.Receive(PppProtocol.Lcp, "02 02 00 13 01 04 0F F7 03 05 C2 23 81 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Lcp, "01 01 00 04");

        Assert.Equal(AuthenticationMethod.MsChapV2, Assert.Single(bench.Authenticators).Method);
    }

    [Fact]
    public void Repeats_its_proposal_when_the_wish_is_not_allowed_and_ends_the_link_at_the_third()
    {
        var bench = ServerBench.Started(new ServerLinkSettings { Methods = [AuthenticationMethod.MsChapV2] });

        bench.Receive(PppProtocol.Lcp, "03 01 00 08 03 04 C0 23");
        bench.Receive(PppProtocol.Lcp, "03 02 00 08 03 04 C0 23");
        Assert.Equal([Request(2, "03 05 C2 23 81"), Request(3, "03 05 C2 23 81")], bench.Sent());

        bench.Receive(PppProtocol.Lcp, "03 03 00 08 03 04 C0 23");
        Assert.Equal(["C021: 05 04 00 04"], bench.Sent());

        bench.Receive(PppProtocol.Lcp, "06 04 00 04");
        var end = bench.End();
        Assert.Equal(LinkEndReason.NoCommonAuthenticationMethod, end.Reason);
        Assert.Equal("no authentication method in common: allowed here is MsChapV2; the peer asks for Pap", end.Text);
    }

    [Fact]
    public void Proposes_its_next_method_to_a_pppd_that_refuses_EAP_and_asks_for_CHAP_MD5()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "03 01 00 09 03 05 C2 23 05");

        Assert.Equal([Request(2, "03 05 C2 23 81")], bench.Sent());
    }

    [Theory]
    [InlineData("03 05 C2 23 80", "MS-CHAPv1")]
    [InlineData("03 04 C2 23", "method C223")]
    [InlineData("03 02", "method ")]
    [InlineData("03 04 C2 29", "method C229")]
    public void Names_in_the_end_what_the_peer_wanted(string wish, string name)
    {
        var bench = ServerBench.Started(new ServerLinkSettings { Methods = [AuthenticationMethod.Eap] });

        for (byte i = 1; i <= 3; i++) bench.Receive(PppProtocol.Lcp, ServerBench.Packet(3, i, wish));
        bench.Advance(3);

        Assert.EndsWith($"the peer asks for {name}", bench.End().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_the_link_when_the_peer_rejects_authentication_altogether()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "04 01 00 08 03 04 C2 27");
        Assert.Equal(["C021: 05 02 00 04"], bench.Sent());

        bench.Receive(PppProtocol.Lcp, "06 02 00 04");
        Assert.Equal(LinkEndReason.AuthenticationRefused, bench.End().Reason);
    }

    [Fact]
    public void Ends_the_link_when_the_peer_rejects_the_protocol_it_agreed_to()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, "08 01 00 0A C2 27 01 00 00 04");
        bench.Advance(3);

        Assert.Equal(LinkEndReason.AuthenticationRefused, bench.End().Reason);
    }

    [Fact]
    public void Needs_at_least_one_method() =>
        Assert.Throws<ArgumentException>(() => new ServerBench(new ServerLinkSettings { Methods = [] }));
}
