using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Attributes longer than they may be, or than the packet they are in.</summary>
public sealed class OversizeAttributeTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const byte StatusInfo = 2;
    private const byte InvalidFrameReceived = 7;

    [RequiresFact("ip", "ping")]
    public Task An_attribute_longer_than_its_packet_is_refused() => AbortsAsync("1001000E 0001 0001 00010007 0001");

    [RequiresFact("ip", "ping")]
    public Task An_attribute_of_the_greatest_length_is_refused() => AbortsAsync("1001000E 0001 0001 00010FFF 0001");

    [RequiresFact("ip", "ping")]
    public Task An_attribute_shorter_than_its_own_header_is_refused() => AbortsAsync("1001000E 0001 0001 00010003 0001");

    [RequiresFact("ip", "ping")]
    public Task An_attribute_of_length_0_is_refused() => AbortsAsync("1001000E 0001 0001 00010000 0001");

    [RequiresFact("ip", "ping")]
    public async Task A_protocol_id_that_fills_the_packet_is_refused_with_64_octets_of_it_and_may_be_asked_again()
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        var value = Enumerable.Repeat((byte)0xAB, 4083).ToArray();
        await logIn.Call.SendAsync(Octets.Control(1, 1, [0, 1, 0x0F, 0xF7, .. value]));

        // CALL_CONNECT_NAK, Status Info about Encapsulated Protocol ID: its value has an invalid length (MS-SSTP 2.2.8, 2.2.10).
        byte[] nak = [.. Octets.Hex("10010054 0003 0001 0002004C 000000 01 00000003"), .. value[..64]];
        Assert.Equal(nak, await logIn.Call.ReadPacketAsync());
        await logIn.AskAsync();
        await ExpectLifeAsync(logIn);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_thousand_attributes_are_refused_in_a_packet_that_fits()
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        byte[] attributes = [.. Enumerable.Repeat(new byte[] { 0, 0x77, 0, 4 }, 1000).SelectMany(octets => octets)];
        await logIn.Call.SendAsync(Octets.Control(1, 1000, attributes));

        var nak = await logIn.Call.ReadPacketAsync();
        Assert.NotNull(nak);
        Assert.Equal(3, nak[5]);
        await logIn.AskAsync();
    }

    private async Task AbortsAsync(string packet)
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Hex(packet));
        await ExpectAbortAsync(logIn, StatusInfo, InvalidFrameReceived);
    }
}
