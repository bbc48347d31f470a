using System.Security.Cryptography;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>4095 bytes, the largest packet that a length of 12 bits can say (MS-SSTP 2.2.1).</summary>
public sealed class LargestPacketTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    // 4095 less 4 of SSTP and 4 of PPP.
    private const int LargestPayload = 4087;

    [RequiresFact("ip", "ping")]
    public async Task An_IP_packet_that_fills_it_is_carried_whole()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var logIn = await RawLogIn.ConnectAsync(Attacker);
        var data = RandomNumberGenerator.GetBytes(LargestPayload - 28);

        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, data)));

        Assert.Equal(data, await inside.ReceiveOctetsAsync());
    }

    [RequiresFact("ip", "ping")]
    public async Task A_control_packet_of_4095_bytes_is_refused_like_any_other_that_makes_no_sense()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Control(8, 0, new byte[LargestPayload]));
        await ExpectAbortAsync(logIn, about: 2, status: 7);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_PPP_packet_of_an_unknown_protocol_that_fills_it_is_rejected_within_the_MRU()
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Ppp(0x80FD, new byte[LargestPayload]));
        while (true)
        {
            var (protocol, packet) = await logIn.ReadPppAsync();
            if (protocol != 0xC021 || packet[0] != 8) continue; // Protocol-Reject (RFC 1661 5.7)
            Assert.Equal([0x80, 0xFD], packet[4..6]);
            Assert.True(packet.Length <= 1500, $"{packet.Length} bytes are more than the client's MRU");
            break;
        }

        await ExpectLifeAsync(logIn);
    }
}
