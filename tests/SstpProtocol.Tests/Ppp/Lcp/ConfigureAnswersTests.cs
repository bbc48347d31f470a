using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp.Lcp;

/// <summary>Identifiers, retransmission and the limits of RFC 1661 section 4.6.</summary>
public sealed class ConfigureAnswersTests
{
    private const string OwnOptions = "01 04 0F F7 03 04 C2 27 05 06 01 01 01 01";

    [Fact]
    public void Repeats_its_request_every_three_seconds_under_the_same_identifier_while_the_content_is_the_same()
    {
        var bench = ServerBench.Started();

        bench.Advance(2.9);
        Assert.Empty(bench.Sent());

        bench.Advance(3.2);
        Assert.Equal([$"C021: 01 01 00 12 {OwnOptions}", $"C021: 01 01 00 12 {OwnOptions}"], bench.Sent());
    }

    [Fact]
    public void Changes_the_identifier_when_the_content_changes()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "03 01 00 08 01 04 0F A0");

        Assert.Equal(["C021: 01 02 00 12 01 04 0F A0 03 04 C2 27 05 06 01 01 01 01"], bench.Sent());
    }

    [Theory]
    [InlineData("02 02 00 12 " + OwnOptions)]                                             // another identifier
    [InlineData("02 01 00 12 01 04 0F F6 03 04 C2 27 05 06 01 01 01 01")]                  // other content
    [InlineData("02 01 00 04")]
    [InlineData("03 02 00 08 01 04 0F A0")]
    [InlineData("04 02 00 0A 05 06 01 01 01 01")]
    public void Ignores_an_answer_that_does_not_fit_the_request(string answer)
    {
        var bench = ServerBench.Started();
        bench.Receive(PppProtocol.Lcp, "01 01 00 04");
        bench.Sent();

        bench.Receive(PppProtocol.Lcp, answer);

        Assert.Empty(bench.Sent());
        Assert.Empty(bench.Authenticators);
    }

    [Fact]
    public void Ignores_the_second_acknowledgement_of_a_request_that_was_sent_twice()
    {
        var bench = ServerBench.LcpOpened();

        bench.Receive(PppProtocol.Lcp, $"02 01 00 12 {OwnOptions}");

        Assert.Empty(bench.Sent());
        Assert.Single(bench.Authenticators);
    }

    [Fact]
    public void Takes_an_acknowledgement_that_comes_before_the_peers_request()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, $"02 01 00 12 {OwnOptions}");
        Assert.Empty(bench.Authenticators);

        bench.Receive(PppProtocol.Lcp, "01 01 00 04");
        Assert.Single(bench.Authenticators);
    }

    [Fact]
    public void Gives_up_after_ten_requests_without_an_answer()
    {
        var bench = new ServerBench(new ServerLinkSettings { Methods = [default], LcpTimeout = TimeSpan.FromMinutes(5) });
        bench.Link.Start(bench.Now);

        bench.Advance(29.9);
        Assert.Equal(10, bench.Sent().Count);
        Assert.Empty(bench.Events());

        bench.Advance(0.1);
        Assert.Equal(LinkEndReason.LcpTimeout, bench.End().Reason);
    }

    [Fact]
    public void Gives_up_when_the_peer_refuses_whatever_it_is_asked()
    {
        var bench = ServerBench.Started();

        for (byte i = 1; i <= 11; i++) bench.Receive(PppProtocol.Lcp, ServerBench.Packet(3, i, "01 04 0F A0"));

        Assert.Equal(LinkEndReason.LcpNotConverging, bench.End().Reason);
    }

    [Theory]
    [InlineData("01 01 00 06 01 04 05 DC")]      // the rest of the option would be padding
    [InlineData("01 01 00 06 01 00")]
    [InlineData("01 01 00 05 01")]
    [InlineData("01 01 00 08 01 05 05 DC")]
    [InlineData("01 01 00 03")]
    [InlineData("01 01")]
    [InlineData("")]
    public void Discards_malformed_requests_silently(string request)
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, request);

        Assert.Empty(bench.Sent());
    }

    [Fact]
    public void Takes_no_notice_of_padding()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "01 01 00 04 00 00");

        Assert.Equal(["C021: 02 01 00 04"], bench.Sent());
    }

    [Fact]
    public void Discards_a_request_larger_than_the_default_MRU()
    {
        var bench = ServerBench.Started();
        var options = string.Join(' ', Enumerable.Repeat("07 02", 749));

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 1, options));

        Assert.Empty(bench.Sent());
    }
}
