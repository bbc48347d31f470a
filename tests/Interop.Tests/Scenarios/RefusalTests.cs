using System.Net;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>Calls that must come to nothing, and what each side is told.</summary>
public sealed class RefusalTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    /// <summary>pppd(8), EXIT STATUS: "We failed to authenticate ourselves to the peer".</summary>
    private const int FailedToAuthenticate = 19;

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public Task A_wrong_password_is_refused_with_PAP_and_counted() =>
        RefusesWrongPasswordAsync(SstpcMethod.Pap, "sent [PAP AuthReq", "rcvd [PAP AuthNak");

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public Task A_wrong_password_is_refused_with_MS_CHAPv2_and_counted() =>
        RefusesWrongPasswordAsync(SstpcMethod.MsChapV2, "sent [CHAP Response", "E=691");

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public Task A_wrong_password_is_refused_with_EAP_MSCHAPv2_and_counted() =>
        RefusesWrongPasswordAsync(SstpcMethod.EapMsChapV2, "MSCHAPv2 Response", "rcvd [EAP Failure");

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task A_log_in_relayed_from_another_TLS_connection_is_refused_and_reported()
    {
        var relayAddress = new IPEndPoint(Laboratory.Outside, 8443);
        var gateway = new IPEndPoint(Laboratory.Outside, 443);
        await using var relay = new TlsRelay(
            Laboratory.GatewayNamespace, relayAddress, gateway, Laboratory.Authority.Issue(Laboratory.GatewayName));
        var refusedBefore = await RefusedBindingsAsync();

        // sstpc trusts the relay's certificate, and the password is right: only the crypto binding can tell.
        var call = Dial(new SstpcOptions { Server = $"{Laboratory.GatewayName}:{relayAddress.Port}" });
        await call.WaitForEndAsync(Soon);

        Assert.Contains("CHAP authentication succeeded", await call.PppLogAsync());
        await Eventually.TrueAsync(
            "the gateway to count the refused binding", Soon, async () => await RefusedBindingsAsync() == refusedBefore + 1);
        Assert.Contains("another TLS certificate", GatewayLog);
        Assert.Empty(await Gateway.SessionsAsync());
    }

    private Task<double> RefusedBindingsAsync() =>
        Gateway.MetricAsync("sstp_gateway_calls_ended_total", "reason=\"binding_failed\"");

    /// <param name="proof">What pppd logs when it sends the password or its proof.</param>
    /// <param name="refusal">What it logs when it is refused.</param>
    private async Task RefusesWrongPasswordAsync(SstpcMethod method, string proof, string refusal)
    {
        var countedBefore = await RefusedLoginsAsync();
        var call = Dial(new SstpcOptions { Method = method, Password = "wrong" });

        await call.WaitForPppLogAsync(proof, Soon);
        await call.WaitForPppLogAsync(refusal, Soon);
        var status = await call.WaitForEndAsync(Soon);

        Assert.Equal(FailedToAuthenticate, status);
        Assert.Equal(countedBefore + 1, await RefusedLoginsAsync());
        Assert.Contains("Log-in failed for \"alice\" from 192.0.2.2", GatewayLog);
        Assert.Empty(await Gateway.SessionsAsync());
    }

    private Task<double> RefusedLoginsAsync() => Gateway.MetricAsync("sstp_gateway_logins_total", "result=\"wrong_credentials\"");
}
