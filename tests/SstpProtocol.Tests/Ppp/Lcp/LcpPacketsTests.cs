using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp.Lcp;

/// <summary>What LCP does besides negotiating: echoes, identification, rejects.</summary>
public sealed class LcpPacketsTests
{
    [Theory]
    [InlineData("09 21 00 08 AA BB CC DD", "0A 21 00 08 01 01 01 01")]
    [InlineData("09 21 00 0B 00 00 00 00 61 62 63", "0A 21 00 0B 01 01 01 01 61 62 63")]     // a peer without magic number
    [InlineData("09 21 00 08 12 34 56 78", "0A 21 00 08 01 01 01 01")]                       // nor the one it negotiated
    [InlineData("09 21 00 08 01 01 01 01", "0A 21 00 08 01 01 01 01")]                       // ours
    [InlineData("09 21 00 04", "0A 21 00 08 01 01 01 01")]                                   // none at all
    public void Answers_every_echo_request(string request, string reply)
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, request);

        Assert.Equal([$"C021: {reply}"], bench.Sent());
    }

    [Fact]
    public void Answers_echoes_with_magic_zero_where_the_peer_does_without()
    {
        var bench = ServerBench.Started();
        bench.Receive(PppProtocol.Lcp, "04 01 00 0A 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Lcp, "02 02 00 0C 01 04 0F F7 03 04 C2 27");
        bench.Receive(PppProtocol.Lcp, "01 01 00 04");
        bench.Sent();

        bench.Receive(PppProtocol.Lcp, "09 05 00 0A 00 00 00 00 41 42");

        Assert.Equal(["C021: 0A 05 00 0A 00 00 00 00 41 42"], bench.Sent());
    }

    [Fact]
    public void Cuts_an_echo_to_what_the_peer_takes()
    {
        var bench = ServerBench.LcpOpened(peerOptions: "01 04 02 40");

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(9, 1, Hex.Text(new byte[1000])));

        Assert.StartsWith("C021: 0A 01 02 40 ", Assert.Single(bench.Sent()), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_answer_an_echo_before_LCP_is_open()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "09 21 00 08 00 00 00 00");

        Assert.Empty(bench.Sent());
    }

    [Theory]
    [InlineData("0A 01 00 08 00 00 00 00")]                       // an echo reply nobody asked for
    [InlineData("0A 01 00 14 4F 70 65 6E 20 53 53 54 50 20 43 6C 69 65 6E 74")]   // and with a text in place of the magic number
    [InlineData("0B 01 00 08 00 00 00 00")]                       // discard
    [InlineData("0D 01 00 0C 12 34 56 78 00 00 0E 10")]           // time remaining
    [InlineData("07 01 00 08 0C 01 00 04")]                       // a code we can do without was rejected
    [InlineData("07 01 00 04")]
    [InlineData("08 01 00 05 80")]                                // a reject that ends within the protocol
    public void Takes_in_silence(string packet)
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, packet);

        Assert.Empty(bench.Sent());
        Assert.Empty(bench.Events());
    }

    [Fact]
    public void Reports_how_Windows_identifies_itself()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, "0C 02 00 12 12 34 56 78 4D 53 52 41 53 56 35 2E 32 30");
        bench.Receive(PppProtocol.Lcp, "0C 03 00 14 12 34 56 78 4D 53 52 41 53 2D 30 2D 50 43 0A 31");
        bench.Receive(PppProtocol.Lcp, "0C 04 00 08 12 34 56 78");

        Assert.Equal(
            [new LinkEvent.PeerIdentified("MSRASV5.20"), new LinkEvent.PeerIdentified("MSRAS-0-PC.1")],
            bench.Events());
        Assert.Empty(bench.Sent());
    }

    [Fact]
    public void Rejects_codes_it_does_not_know_under_a_new_identifier_each_time()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, "0E 07 00 05 01");
        bench.Receive(PppProtocol.Lcp, "00 07 00 04");

        Assert.Equal(["C021: 07 02 00 09 0E 07 00 05 01", "C021: 07 03 00 08 00 07 00 04"], bench.Sent());
    }

    [Fact]
    public void Cuts_a_code_reject_to_what_the_peer_takes()
    {
        var bench = ServerBench.LcpOpened(peerOptions: "01 04 02 40");

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(0x20, 1, Hex.Text(new byte[1000])));

        Assert.StartsWith("C021: 07 02 02 40 20 01 ", Assert.Single(bench.Sent()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("07 01 00 08 01 01 00 04")]      // Code-Reject of Configure-Request
    [InlineData("08 01 00 0A C0 21 01 01 00 04")]   // Protocol-Reject of LCP
    public void Ends_the_link_when_the_peer_rejects_what_LCP_cannot_do_without(string reject)
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, reject);
        Assert.Equal(["C021: 05 02 00 04"], bench.Sent());

        bench.Receive(PppProtocol.Lcp, "06 02 00 04");
        Assert.Equal(LinkEndReason.LcpRejected, bench.End().Reason);
    }

    [Fact]
    public void Finds_out_that_the_line_returns_its_own_packets()
    {
        var bench = new ServerBench();
        bench.Link.Start(bench.Now);

        // The test is a pty that still echoes.
        for (var round = 0; round < 10 && bench.Link.NextDeadline is not null; round++)
        {
            foreach (var packet in bench.Sent()) bench.Receive(PppProtocol.Lcp, packet[6..]);
        }

        Assert.Equal(LinkEndReason.LoopedBack, bench.End().Reason);
    }

    [Fact]
    public void Takes_one_magic_number_in_common_for_chance()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "01 01 00 0A 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Lcp, "01 02 00 0A 05 06 02 02 02 02");

        Assert.Equal(["C021: 03 01 00 0A 05 06 02 02 02 02", "C021: 02 02 00 0A 05 06 02 02 02 02"], bench.Sent());
        Assert.Empty(bench.Events());
    }

    [Fact]
    public void Chooses_another_magic_number_when_the_peer_has_the_same()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "03 01 00 0A 05 06 99 99 99 99");

        Assert.Equal(["C021: 01 02 00 12 01 04 0F F7 03 04 C2 27 05 06 02 02 02 02"], bench.Sent());
    }
}
