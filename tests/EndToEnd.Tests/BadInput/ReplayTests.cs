using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

public sealed class ReplayTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task A_CALL_CONNECTED_repeated_in_its_own_call_is_refused()
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        var packet = logIn.CallConnected();
        await logIn.Call.SendAsync(packet);
        await logIn.OpenIpcpAsync();

        await logIn.Call.SendAsync(packet);
        await ExpectAbortAsync(logIn, about: 2, status: 5);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_CALL_CONNECTED_repeated_while_the_first_waits_for_the_log_in_is_refused()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        var packet = logIn.CallConnected();
        await logIn.Call.SendAsync([.. packet, .. packet]);
        await ExpectAbortAsync(logIn, about: 2, status: 5);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_CALL_CONNECTED_of_an_earlier_call_is_refused_by_its_nonce()
    {
        byte[] recorded;
        await using (var earlier = await RawLogIn.ConnectAsync(Attacker)) recorded = earlier.CallConnected();

        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        await logIn.Call.SendAsync(recorded);
        await ExpectAbortAsync(logIn, about: 3, status: 4);
        await WaitForLogAsync("wrong nonce");
    }
}
