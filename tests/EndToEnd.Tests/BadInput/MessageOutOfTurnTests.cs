using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Messages that exist, at a point of the call where they do not belong.</summary>
public sealed class MessageOutOfTurnTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const byte StatusInfo = 2;
    private const byte UnacceptedFrameReceived = 5;
    private const byte InvalidFrameReceived = 7;

    [RequiresFact("ip", "ping")]
    public async Task CALL_CONNECTED_before_any_request_is_refused()
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Control(4, 1, [0, 3, 0, 0x68, .. new byte[100]]));
        await ExpectAbortAsync(logIn, StatusInfo, UnacceptedFrameReceived);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_second_CALL_CONNECT_REQUEST_is_refused()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(Octets.ConnectRequest);
        await ExpectAbortAsync(logIn, StatusInfo, UnacceptedFrameReceived);
    }

    [RequiresFact("ip", "ping")]
    public async Task What_only_servers_say_is_refused()
    {
        foreach (var message in new[]
        {
            Octets.Control(2, 1, [0, 4, 0, 0x28, .. new byte[36]]), Octets.Control(3, 0, []), Octets.Control(7, 0, []),
        })
        {
            await using var logIn = await RawLogIn.ConnectAsync(Attacker);
            await logIn.Call.SendAsync(message);
            await ExpectAbortAsync(logIn, StatusInfo, UnacceptedFrameReceived);
        }
    }

    [RequiresFact("ip", "ping")]
    public async Task A_message_type_that_does_not_exist_is_refused()
    {
        foreach (ushort type in new ushort[] { 0, 10, 0xFFFF })
        {
            await using var logIn = await RawLogIn.ConnectAsync(Attacker);
            await logIn.Call.SendAsync(Octets.Control(type, 0, []));
            await ExpectAbortAsync(logIn, StatusInfo, InvalidFrameReceived);
        }
    }
}
