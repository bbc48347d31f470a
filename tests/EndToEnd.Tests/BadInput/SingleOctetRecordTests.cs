using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>TLS records, TCP segments and SSTP packets need not coincide; here each octet has a record to itself.</summary>
public sealed class SingleOctetRecordTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task A_whole_call_in_records_of_one_octet_comes_up_and_carries_packets()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        await using var call = await RawCall.ConnectAsync(Attacker);
        call.SendsSingleOctets = true;
        await call.SendAsync(Octets.Preamble);
        Assert.StartsWith("HTTP/1.1 200", await call.ReadHeadAsync());
        await using var logIn = new RawLogIn(call);
        await logIn.AskAsync();
        await logIn.NegotiateLcpAsync();
        await logIn.AuthenticateAsync();
        await call.SendAsync(logIn.CallConnected());
        await logIn.OpenIpcpAsync();

        await call.SendAsync(Octets.Ppp(0x0021, Ipv4Datagram.Write(logIn.Address, inside.EndPoint, "octet by octet")));

        Assert.Equal("octet by octet", await inside.ReceiveAsync());
    }
}
