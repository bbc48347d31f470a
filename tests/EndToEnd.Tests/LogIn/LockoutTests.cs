using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.LogIn;

public sealed class LockoutTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions { Lockout = "{failuresPerUserAndSource: 2, initialWait: 15m, maximumWait: 15m}" },
    };

    [RequiresFact("ip", "ping")]
    public async Task After_too_many_failures_even_the_right_password_waits_but_only_from_that_source()
    {
        for (var failure = 0; failure < 2; failure++)
            Assert.Equal(7, await DialWith("wrong", "alice", null, "--no-dns").WaitForExitAsync(Soon));

        Assert.Equal(7, await Dial("alice").WaitForExitAsync(Soon));
        await WaitForLogAsync("held back");
        await Admin.WaitForMetricAsync("sstp_gateway_logins_total", "result=\"held_back\"", 1, Soon);

        // Nobody can lock a user out from elsewhere, nor another user from here.
        await Dial("alice", Laboratory.Other).WaitForAddressAsync();
        await Dial("bob").WaitForAddressAsync();
    }
}
