using System.Net;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>The ways to log in, judged by what sstpc and pppd say about them.</summary>
public sealed class LogInTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task A_client_logs_in_with_PAP()
    {
        var call = await LogInAsync(SstpcMethod.Pap);

        Assert.Contains("rcvd [PAP AuthAck", await call.PppLogAsync());
        Assert.Contains("PAP authentication succeeded", await call.PppLogAsync());
    }

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task A_client_logs_in_with_MS_CHAPv2()
    {
        var call = await LogInAsync(SstpcMethod.MsChapV2);

        // pppd says so only when the gateway's "S=" proves that it knows the password too (RFC 2759 8.7).
        Assert.Contains("CHAP authentication succeeded", await call.PppLogAsync());
    }

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task A_client_logs_in_with_EAP_MSCHAPv2()
    {
        var call = await LogInAsync(SstpcMethod.EapMsChapV2);

        Assert.Contains("rcvd [EAP Success", await call.PppLogAsync());
        Assert.Contains("EAP authentication succeeded", await call.PppLogAsync());
    }

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task The_gateway_lists_the_call_with_the_address_that_ppp0_has()
    {
        var call = Dial(new SstpcOptions());
        var address = await call.WaitForAddressAsync(Soon);

        var session = Assert.Single(await Gateway.SessionsAsync());

        Assert.Contains($"\"{address}\"", session.GetRawText());
        Assert.Contains("\"alice\"", session.GetRawText());
    }

    /// <summary>Dials, and sees to it that the crypto binding was accepted: before it is, no packet passes.</summary>
    private async Task<SstpcCall> LogInAsync(SstpcMethod method)
    {
        var call = Dial(new SstpcOptions { Method = method });
        var address = await call.WaitForAddressAsync(Soon);
        Assert.True(IPNetwork.Parse("10.77.0.0/24").Contains(address), $"{address} is not of the gateway's pool");

        await Guest.RunAsync($"ip route replace {Laboratory.InsideNetwork} dev ppp0 && ping -c 1 -W 5 {Laboratory.InsideHost}");
        await call.WaitForSstpLogAsync("Connection Established", Soon);
        return call;
    }
}
