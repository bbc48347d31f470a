using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>CALL_CONNECTED that comes before the gateway has judged the log-in, as sstpc sends it:
/// legal, and easy to get wrong.</summary>
public sealed class EarlyCallConnectedTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task CALL_CONNECTED_before_the_log_in_ends_is_verified_when_it_does()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(logIn.CallConnected());
        await logIn.NegotiateLcpAsync();
        await logIn.AuthenticateAsync();
        await logIn.OpenIpcpAsync();

        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "hello")));

        Assert.Equal("hello", await inside.ReceiveAsync());
    }

    [RequiresFact("ip", "ping")]
    public async Task CALL_CONNECTED_right_behind_the_password_works()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.NegotiateLcpAsync();
        await logIn.OfferPasswordAsync();
        await logIn.Call.SendAsync(logIn.CallConnected());
        Assert.True(await logIn.ReadVerdictAsync());
        await logIn.OpenIpcpAsync();

        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "hello")));

        Assert.Equal("hello", await inside.ReceiveAsync());
    }

    [RequiresFact("ip", "ping")]
    public async Task An_early_CALL_CONNECTED_with_a_wrong_MAC_is_refused_once_the_key_is_known()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        var packet = logIn.CallConnected();
        packet[80] ^= 1;
        await logIn.Call.SendAsync(packet);
        await logIn.NegotiateLcpAsync();
        await logIn.OfferPasswordAsync();

        await ExpectAbortAsync(logIn, about: 3, status: 4);
    }

    [RequiresFact("ip", "ping")]
    public async Task An_early_CALL_CONNECTED_does_not_stand_in_for_the_password()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        await logIn.Call.SendAsync(logIn.CallConnected());
        await logIn.NegotiateLcpAsync();
        await logIn.OfferPasswordAsync("wrong");

        Assert.False(await logIn.ReadVerdictAsync());
        await ExpectSilentEndAsync(logIn);
    }
}
