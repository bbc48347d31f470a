using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.LogIn;

public sealed class StaticAddressTests(ITestOutputHelper report) : Scenario(report)
{
    private static readonly IPAddress Static4 = IPAddress.Parse("10.77.0.2");
    private static readonly IPNetwork Static6 = IPNetwork.Parse("fd00:77:0:50::/64");

    // The first address that the pool would give to anyone.
    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions
        {
            Users = $"""
                - {"{"}name: alice, password: "{GatewayOptions.Password}", address4: {Static4}, address6: "{Static6}"{"}"}
                - {"{"}name: bob, password: "{GatewayOptions.Password}"{"}"}
                """,
        },
    };

    [RequiresFact("ip", "ping")]
    public async Task A_user_with_a_static_address_gets_it_and_nobody_else_does()
    {
        var bob = Dial("bob", Laboratory.Other);
        Assert.NotEqual(Static4, await bob.WaitForAddressAsync());

        var alice = Dial("alice");
        Assert.Equal(Static4, await alice.WaitForAddressAsync());
        var address6 = await alice.WaitForAddress6Async();
        Assert.True(Static6.Contains(address6), $"{address6} is not of {Static6}");
        await alice.WaitForRoutesAsync();
        await PingAsync(alice, Laboratory.InsideHost);
        await PingAsync(alice, Laboratory.InsideHost6);
    }

    [RequiresFact("ip", "ping")]
    public async Task The_user_calling_again_from_elsewhere_takes_the_address_along()
    {
        var first = Dial("alice");
        Assert.Equal(Static4, await first.WaitForAddressAsync());

        var second = Dial("alice", Laboratory.Other);
        Assert.Equal(Static4, await second.WaitForAddressAsync());
        await second.WaitForRoutesAsync();

        Assert.Equal(0, await first.WaitForExitAsync(Soon));
        await WaitForLogAsync("the user called again from 203.0.113.2");
        await Admin.WaitForSessionsAsync(1, Soon);
        await PingAsync(second, Laboratory.InsideHost);
    }
}
