using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp.Lcp;

public sealed class ServerLcpOptionsTests
{
    // MRU 4087, authentication EAP, magic number.
    private const string OwnRequest = "C021: 01 01 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01";

    [Fact]
    public void Asks_for_an_MRU_authentication_and_a_magic_number()
    {
        var bench = new ServerBench();

        bench.Link.Start(bench.Now);

        Assert.Equal([OwnRequest], bench.Sent());
    }

    [Theory]
    [InlineData("01 04 0F FB 05 06 12 34 56 78 07 02 08 02")]                // Windows without callback
    [InlineData("02 06 00 00 00 00 05 06 12 34 56 78 07 02 08 02")]          // pppd
    [InlineData("01 04 05 DC 05 06 12 34 56 78")]                            // RouterOS
    [InlineData("01 04 05 DC")]                                              // Open SSTP Client
    [InlineData("")]
    public void Acknowledges_what_clients_ask_for_octet_by_octet(string options)
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 9, options));

        Assert.Equal([$"C021: {ServerBench.Packet(2, 9, options)}"], bench.Sent());
    }

    [Fact]
    public void Rejects_the_callback_of_Windows_alone_and_acknowledges_the_rest_when_it_asks_again()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 0, "01 04 0F FB 05 06 12 34 56 78 07 02 08 02 0D 03 06"));
        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 1, "01 04 0F FB 05 06 12 34 56 78 07 02 08 02"));

        Assert.Equal(
            ["C021: 04 00 00 07 0D 03 06", "C021: 02 01 00 12 01 04 0F FB 05 06 12 34 56 78 07 02 08 02"],
            bench.Sent());
    }

    [Theory]
    [InlineData("04 08 C0 25 00 00 03 E8")]                                  // link quality
    [InlineData("0D 03 06")]                                                 // callback
    [InlineData("11 04 06 4E")]                                              // MRRU
    [InlineData("12 02")]                                                    // short sequence numbers
    [InlineData("13 17 01 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00 11 22 33 44")]   // endpoint discriminator
    [InlineData("17 04 00 01")]                                              // link discriminator
    [InlineData("03 04 C0 23")]                                              // the server is to authenticate itself
    [InlineData("C8 02")]
    public void Rejects_what_it_does_not_do(string option)
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 5, $"01 04 05 DC {option} 07 02"));

        Assert.Equal([$"C021: {ServerBench.Packet(4, 5, option)}"], bench.Sent());
    }

    [Fact]
    public void Rejects_several_options_in_their_order()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 5, "0D 03 06 01 04 06 4E 11 04 06 4E 05 06 12 34 56 78 12 02"));

        Assert.Equal(["C021: 04 05 00 0D 0D 03 06 11 04 06 4E 12 02"], bench.Sent());
    }

    [Theory]
    [InlineData("01 03 05")]
    [InlineData("05 05 11 22 33")]
    [InlineData("02 04 00 00")]
    [InlineData("07 03 00")]
    [InlineData("08 04 00 00")]
    public void Rejects_a_known_option_of_a_wrong_length(string option)
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 5, option));

        Assert.Equal([$"C021: {ServerBench.Packet(4, 5, option)}"], bench.Sent());
    }

    [Fact]
    public void Rejects_before_it_Naks()
    {
        var bench = ServerBench.Started();

        // A magic number of zero is to be Nak'd, callback to be rejected.
        bench.Receive(PppProtocol.Lcp, "01 05 00 0D 05 06 00 00 00 00 0D 03 06");
        bench.Receive(PppProtocol.Lcp, "01 06 00 0A 05 06 00 00 00 00");

        Assert.Equal(["C021: 04 05 00 07 0D 03 06", "C021: 03 06 00 0A 05 06 03 03 03 03"], bench.Sent());
    }

    [Fact]
    public void Rejects_what_it_has_Nakd_five_times()
    {
        var bench = ServerBench.Started();

        for (byte i = 1; i <= 6; i++) bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, i, "01 04 00 40"));

        var sent = bench.Sent();
        Assert.All(sent[..5], packet => Assert.EndsWith("01 04 02 40", packet, StringComparison.Ordinal));
        Assert.Equal("C021: 04 06 00 08 01 04 00 40", sent[5]);
    }

    [Theory]
    [InlineData("01 04 0F FB", 4087)]            // never more than an SSTP packet holds
    [InlineData("01 04 05 78", 1400)]
    [InlineData("", 1500)]
    public void Knows_what_the_peer_takes(string options, int mru) =>
        Assert.Equal(mru, ServerBench.LcpOpened(peerOptions: options).Link.PeerMru);

    [Fact]
    public void Does_without_a_magic_number_and_follows_an_MRU_upwards_for_Open_SSTP_Client()
    {
        var bench = ServerBench.Started(new ServerLinkSettings { Methods = [AuthenticationMethod.MsChapV2], Mru = 1400 });

        bench.Receive(PppProtocol.Lcp, "04 01 00 0A 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Lcp, "03 02 00 08 01 04 05 DC");
        bench.Receive(PppProtocol.Lcp, "02 03 00 0D 01 04 05 DC 03 05 C2 23 81");
        bench.Receive(PppProtocol.Lcp, "01 01 00 08 01 04 05 DC");

        Assert.Equal(
            [
                "C021: 01 02 00 0D 01 04 05 78 03 05 C2 23 81",
                "C021: 01 03 00 0D 01 04 05 DC 03 05 C2 23 81",
                "C021: 02 01 00 08 01 04 05 DC",
            ],
            bench.Sent()[..3]);
        Assert.Equal(AuthenticationMethod.MsChapV2, Assert.Single(bench.Authenticators).Method);
    }

    [Theory]
    [InlineData("04 01 00 08 01 04 0F F7")]      // Reject
    [InlineData("03 01 00 08 01 04 FF FF")]      // Nak with more than a frame can hold
    public void Leaves_the_MRU_out_when_the_peer_cannot_have_it(string refusal)
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, refusal);

        Assert.Equal(["C021: 01 02 00 0E 03 04 C2 27 05 06 01 01 01 01"], bench.Sent());
    }

    [Fact]
    public void Ignores_a_reject_of_something_that_it_did_not_ask_for()
    {
        var bench = ServerBench.Started();

        bench.Receive(PppProtocol.Lcp, "04 01 00 07 0D 03 06");

        Assert.Empty(bench.Sent());
    }
}
