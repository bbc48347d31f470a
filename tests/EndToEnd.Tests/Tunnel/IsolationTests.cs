using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

public sealed class IsolationTests(ITestOutputHelper report) : Scenario(report)
{
    private const string Dropped = "sstp_gateway_packets_dropped_total";
    private const string Isolation = "reason=\"isolation\"";

    protected override Site NewSite() => new() { Options = new GatewayOptions { ClientIsolation = true } };

    [RequiresFact("ip", "ping")]
    public async Task Isolated_clients_do_not_reach_each_other_and_still_reach_the_inside()
    {
        var (alice, bob) = await Neighbours.DialAsync(Dial("alice"), Dial("bob", Laboratory.Other));

        await PingInVainAsync(alice, await bob.WaitForAddressAsync());
        await Admin.WaitForMetricAsync(Dropped, Isolation, 1, Soon);
        await PingInVainAsync(alice, await bob.WaitForAddress6Async());
        await Admin.WaitForMetricAsync(Dropped, Isolation, 2, Soon);
        await PingAsync(alice, Network.Laboratory.InsideHost);
        await PingAsync(bob, Network.Laboratory.InsideHost);
    }
}
