using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

public sealed class NeighbourTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new() { Options = new GatewayOptions { ClientIsolation = false } };

    [RequiresFact("ip", "ping")]
    public async Task Clients_reach_each_other_when_isolation_is_off()
    {
        var (alice, bob) = await Neighbours.DialAsync(Dial("alice"), Dial("bob", Laboratory.Other));

        await PingAsync(alice, await bob.WaitForAddressAsync());
        await PingAsync(bob, await alice.WaitForAddress6Async());
    }
}
