using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>IP packets sent before the crypto binding has been verified: dropped,
/// and no reason to end the call (MS-SSTP 3.3.5.1).</summary>
public sealed class DataBeforeBindingTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task Packets_before_CALL_CONNECTED_are_dropped_silently_and_the_call_comes_up_all_the_same()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        await logIn.OpenIpcpAsync();

        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "too early")));
        await logIn.Call.SendAsync(logIn.CallConnected());
        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "in time")));

        // One way, in order: had the first one passed, it would be here first.
        Assert.Equal("in time", await inside.ReceiveAsync());
        await ExpectLifeAsync(logIn);
    }

    [RequiresFact("ip", "ping")]
    public async Task Packets_before_the_connect_request_and_before_the_log_in_are_dropped_silently()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await SendAsync();
        await logIn.AskAsync();
        await SendAsync();
        await logIn.NegotiateLcpAsync();
        await SendAsync();
        await logIn.AuthenticateAsync();
        await SendAsync();
        await logIn.Call.SendAsync(logIn.CallConnected());
        await logIn.OpenIpcpAsync();
        await logIn.Call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "in time")));

        Assert.Equal("in time", await inside.ReceiveAsync());

        // The first address of the pool behind the gateway's own: a guess that an attacker would make.
        Task SendAsync() => logIn.Call.SendAsync(Octets.Ppp(
            0x0021, Ipv4Datagram.Write(System.Net.IPAddress.Parse("10.77.0.3"), inside.EndPoint, "too early")));
    }

    [RequiresFact("ip", "ping")]
    public async Task PPP_before_the_connect_request_is_dropped()
    {
        await using var logIn = await RawLogIn.StartAsync(Attacker);
        await logIn.Call.SendAsync(Octets.Ppp(0xC021, Octets.Code(1, 1, [])));
        await logIn.AskAsync();
        await ExpectLifeAsync(logIn);
    }
}
