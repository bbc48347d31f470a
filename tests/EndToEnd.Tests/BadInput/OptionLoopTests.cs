using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Peers with whom no agreement is possible: the gateway ends it, soon and by itself.</summary>
public sealed class OptionLoopTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const ushort Lcp = 0xC021;

    // RFC 1661 4.6: Max-Configure is 10; with every answer counted twice and the farewell there is no more to say.
    private const int MostRequests = 25;

    [RequiresFact("ip", "ping")]
    public Task A_peer_that_naks_every_authentication_method_is_let_go() =>
        EndsAsync((identifier, _) => Octets.Code(3, identifier, [3, 4, 0xC2, 0x77]));

    [RequiresFact("ip", "ping")]
    public Task A_peer_that_rejects_whatever_is_asked_is_let_go() =>
        EndsAsync((identifier, options) => Octets.Code(4, identifier, options));

    [RequiresFact("ip", "ping")]
    public Task A_peer_that_naks_with_ever_new_MRUs_is_let_go() =>
        EndsAsync((identifier, _) => Octets.Code(3, identifier, [1, 4, 2, identifier]));

    [RequiresFact("ip", "ping")]
    public async Task A_request_that_was_rejected_is_rejected_as_often_as_it_comes_and_a_better_one_is_taken()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        // Callback (RFC 1570 2.3) is rejected each time.
        for (byte identifier = 1; identifier <= 100; identifier++)
            Assert.Equal(4, await AskForAsync(logIn, identifier, [13, 3, 6]));

        Assert.Equal(2, await AskForAsync(logIn, 101, []));
        await logIn.AuthenticateAsync();
    }

    /// <returns>The code of the answer: 2 is Configure-Ack, 4 is Configure-Reject.</returns>
    private static async Task<byte> AskForAsync(RawLogIn logIn, byte identifier, byte[] options)
    {
        await logIn.Call.SendAsync(Octets.Ppp(Lcp, Octets.Code(1, identifier, options)));
        while (true)
        {
            var (protocol, packet) = await logIn.ReadPppAsync();
            if (protocol == Lcp && packet[0] != 1 && packet[1] == identifier) return packet[0];
        }
    }

    /// <param name="answer">To a Configure-Request of the gateway, from its identifier and its options.</param>
    private async Task EndsAsync(Func<byte, byte[], byte[]> answer)
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        var requests = 0;
        while (await logIn.Call.ReadPacketAsync() is { } sstp)
        {
            // CALL_DISCONNECT: acknowledged as a client does.
            if ((sstp[1] & 1) == 1 && sstp[5] == 6) await logIn.Call.SendAsync(Octets.Control(7, 0, []));
            if ((sstp[1] & 1) == 1 || sstp[8] != 1) continue;

            Assert.True(++requests <= MostRequests, "the gateway does not give up");
            await logIn.Call.SendAsync(Octets.Ppp(Lcp, answer(sstp[9], sstp[12..])));
        }
    }
}
