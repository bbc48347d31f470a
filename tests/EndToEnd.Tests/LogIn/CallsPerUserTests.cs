using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.LogIn;

public sealed class CallsPerUserTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new() { Options = new GatewayOptions { Limits = "{callsPerUser: 1}" } };

    [RequiresFact("ip", "ping")]
    public async Task A_call_more_than_the_user_may_have_is_refused_until_one_has_ended()
    {
        var first = Dial("alice");
        await first.WaitForRoutesAsync();

        var second = Dial("alice", Laboratory.Other);
        Assert.Equal(1, await second.WaitForExitAsync(Soon));
        await WaitForLogAsync("limits.callsPerUser");
        await Admin.WaitForMetricAsync("sstp_gateway_calls_ended_total", "reason=\"refused\"", 1, Soon);
        Assert.DoesNotContain("address 10.", second.Output);
        await PingAsync(first, Laboratory.InsideHost);

        // Another user is not concerned; and the first user may call again once the first call is over.
        await Dial("bob", Laboratory.Other).WaitForAddressAsync();
        first.Interrupt();
        Assert.Equal(0, await first.WaitForExitAsync(Soon));
        await Admin.WaitForSessionsAsync(1, Soon);
        await Dial("alice").WaitForAddressAsync();
    }
}
