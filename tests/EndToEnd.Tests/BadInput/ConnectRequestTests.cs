using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Requests that get a CALL_CONNECT_NAK, each with its pair of attribute and status (MS-SSTP 3.3.5.2.2).</summary>
public sealed class ConnectRequestTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public Task Another_protocol_than_PPP_is_refused() =>
        NaksAsync("1001000E 0001 0001 00010006 0002", about: 1, status: 4, refused: "0002");

    [RequiresFact("ip", "ping")]
    public Task A_missing_protocol_id_is_refused() => NaksAsync("10010008 0001 0000", about: 2, status: 0x0A);

    [RequiresFact("ip", "ping")]
    public Task A_second_protocol_id_is_refused() =>
        NaksAsync("10010014 0001 0002 00010006 0001 00010006 0001", about: 1, status: 1, refused: "0001");

    [RequiresFact("ip", "ping")]
    public Task An_unknown_attribute_is_refused() =>
        NaksAsync("10010012 0001 0002 00010006 0001 00770004", about: 0x77, status: 2);

    [RequiresFact("ip", "ping")]
    public Task A_protocol_id_of_one_octet_is_refused() =>
        NaksAsync("1001000D 0001 0001 00010005 01", about: 1, status: 3, refused: "01");

    [RequiresFact("ip", "ping")]
    public async Task The_fourth_bad_request_is_one_too_many()
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        var request = Octets.Hex("10010008 0001 0000");
        for (var i = 0; i < 3; i++)
        {
            await logIn.Call.SendAsync(request);
            Assert.Equal(3, (await logIn.Call.ReadPacketAsync())![5]);
        }

        await logIn.Call.SendAsync(request);
        await ExpectAbortAsync(logIn, about: 2, status: 6);
    }

    private async Task NaksAsync(string request, byte about, byte status, string refused = "")
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Hex(request));

        byte[] value = Octets.Hex(refused);
        byte[] statusInfo = [0, 2, 0, (byte)(12 + value.Length), 0, 0, 0, about, 0, 0, 0, status, .. value];
        Assert.Equal(Octets.Control(3, 1, statusInfo), await logIn.Call.ReadPacketAsync());
        await logIn.AskAsync();
        await ExpectLifeAsync(logIn);
    }
}
