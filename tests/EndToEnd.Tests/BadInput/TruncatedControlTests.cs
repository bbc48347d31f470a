using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Control packets that end before what they announce.</summary>
public sealed class TruncatedControlTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const byte StatusInfo = 2;
    private const byte InvalidFrameReceived = 7;

    [RequiresFact("ip", "ping")]
    public Task A_control_packet_without_a_type_is_refused() => RefusesAsync("10010004");

    [RequiresFact("ip", "ping")]
    public Task A_control_packet_without_a_number_of_attributes_is_refused() => RefusesAsync("10010006 0001");

    [RequiresFact("ip", "ping")]
    public Task An_attribute_that_is_announced_and_not_there_is_refused() => RefusesAsync("10010008 0001 0001");

    [RequiresFact("ip", "ping")]
    public Task A_cut_attribute_header_is_refused() => RefusesAsync("1001000A 0001 0001 0001");

    [RequiresFact("ip", "ping")]
    public Task A_cut_attribute_value_is_refused() => RefusesAsync("1001000D 0001 0001 00010006 00");

    [RequiresFact("ip", "ping")]
    public Task As_many_attributes_as_the_field_can_say_are_refused() => RefusesAsync("1001000E 0001 FFFF 00010006 0001");

    [RequiresFact("ip", "ping")]
    public Task Octets_behind_the_last_attribute_are_refused() => RefusesAsync("10010010 0001 0001 00010006 0001 0000");

    [RequiresFact("ip", "ping")]
    public async Task A_cut_CALL_CONNECTED_is_refused()
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        var packet = logIn.CallConnected()[..111];
        packet[3] = 111;
        await logIn.Call.SendAsync(packet);
        await ExpectAbortAsync(logIn, StatusInfo, InvalidFrameReceived);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_packet_that_never_becomes_whole_ends_with_the_connection()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(Octets.ConnectRequest[..9]);
    }

    private async Task RefusesAsync(string packet)
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Hex(packet));
        await ExpectAbortAsync(logIn, StatusInfo, InvalidFrameReceived);
    }
}
