using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Configure options whose lengths lie (RFC 1661 6): the packet is discarded and the link lives.</summary>
public sealed class PppOptionTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const ushort Lcp = 0xC021;
    private const ushort Ipcp = 0x8021;

    [RequiresFact("ip", "ping")]
    public async Task LCP_options_of_length_0_and_1_and_beyond_the_packet_are_discarded()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        foreach (var options in new byte[][] { [1, 0], [1, 1], [1, 4, 5], [1, 255, 0, 0], [1], [1, 0, 1, 0, 1, 0], [0, 0] })
            await logIn.Call.SendAsync(Octets.Ppp(Lcp, Octets.Code(1, 9, options)));

        await logIn.NegotiateLcpAsync();
        await logIn.AuthenticateAsync();
    }

    [RequiresFact("ip", "ping")]
    public async Task IPCP_options_of_length_0_are_discarded()
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        await logIn.Call.SendAsync(logIn.CallConnected());
        foreach (var options in new byte[][] { [3, 0], [3, 0, 129, 0], [3, 1], [3, 6, 10] })
            await logIn.Call.SendAsync(Octets.Ppp(Ipcp, Octets.Code(1, 9, options)));

        await logIn.OpenIpcpAsync();
    }

    [RequiresFact("ip", "ping")]
    public async Task A_PPP_packet_whose_length_lies_is_discarded()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        foreach (var packet in new byte[][] { [], [1], [1, 1, 0, 0], [1, 1, 0, 3], [1, 1, 0, 200], [1, 1, 0xFF, 0xFF, 1, 4] })
            await logIn.Call.SendAsync(Octets.Ppp(Lcp, packet));

        await logIn.NegotiateLcpAsync();
    }

    [RequiresFact("ip", "ping")]
    public async Task An_empty_data_packet_is_passed_over()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Hex("10000004 10000005FF 10000006FF03 10000007FF03C0"));
        await logIn.NegotiateLcpAsync();
    }
}
