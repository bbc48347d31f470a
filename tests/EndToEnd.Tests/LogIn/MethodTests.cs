using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.LogIn;

/// <summary>Each method with the right password and with a wrong one.</summary>
public sealed class MethodTests(Site site, ITestOutputHelper report) : Scenario(report, site), IClassFixture<Site>
{
    private const string LogIns = "sstp_gateway_logins_total";
    private const string WrongCredentials = "result=\"wrong_credentials\"";

    // Exit code of "sstp-client connect" when the gateway does not take the password.
    private const int NotLoggedIn = 7;

    [RequiresFact("ip", "ping")]
    public Task EAP_MSCHAPv2_logs_in() => LogsInAsync("eap", "EapMsChapV2");

    [RequiresFact("ip", "ping")]
    public Task MS_CHAPv2_logs_in() => LogsInAsync("msChapV2", "MsChapV2");

    [RequiresFact("ip", "ping")]
    public Task PAP_logs_in() => LogsInAsync("pap", "Pap");

    [RequiresFact("ip", "ping")]
    public Task A_wrong_password_is_refused_with_EAP_MSCHAPv2_and_counted() => RefusesAsync("eap");

    [RequiresFact("ip", "ping")]
    public Task A_wrong_password_is_refused_with_MS_CHAPv2_and_counted() => RefusesAsync("msChapV2");

    [RequiresFact("ip", "ping")]
    public Task A_wrong_password_is_refused_with_PAP_and_counted() => RefusesAsync("pap");

    [RequiresFact("ip", "ping")]
    public async Task A_method_that_is_not_offered_ends_the_call_and_both_sides_say_so()
    {
        var client = Dial("alice", null, "--method", "chapMd5");
        Assert.NotEqual(0, await client.WaitForExitAsync(Soon));
        await WaitForLogAsync("no authentication method in common");
        Assert.Contains("before it was up", client.Output);
        Assert.Empty(await Admin.SessionsAsync());
    }

    private async Task LogsInAsync(string method, string reported)
    {
        var client = Dial("alice", null, "--method", method);
        await client.WaitForRoutesAsync();

        await PingAsync(client, Laboratory.InsideHost);
        Assert.Equal(reported, Assert.Single(await Admin.SessionsAsync()).GetProperty("method").GetString());
        client.Interrupt();
        Assert.Equal(0, await client.WaitForExitAsync(Soon));
        await Admin.WaitForSessionsAsync(0, Soon);
    }

    private async Task RefusesAsync(string method)
    {
        var before = await Admin.MetricAsync(LogIns, WrongCredentials);
        var client = DialWith("wrong", "alice", null, "--no-dns", "--method", method);
        Assert.Equal(NotLoggedIn, await client.WaitForExitAsync(Soon));

        await Admin.WaitForMetricAsync(LogIns, WrongCredentials, before + 1, Soon);
        await WaitForLogAsync("Log-in failed for \"alice\" from 192.0.2.2");
        Assert.DoesNotContain("wrong\"", GatewayLog);
        Assert.Empty(await Admin.SessionsAsync());
    }
}
