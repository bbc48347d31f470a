using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

public sealed class RoutedTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new() { Options = new GatewayOptions { Masquerade = false } };

    [RequiresFact("ip", "ping")]
    public async Task Routed_clients_are_seen_and_reached_by_their_own_addresses()
    {
        await using var echo = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost);
        await using var echo6 = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost6);
        var client = Dial();
        await client.WaitForRoutesAsync();
        var address = await client.WaitForAddressAsync();
        var address6 = await client.WaitForAddress6Async();

        Assert.Equal(address, await AddressEcho.AskAsync(client.Namespace, echo.EndPoint));
        Assert.Equal(address6, await AddressEcho.AskAsync(client.Namespace, echo6.EndPoint));
        await Laboratory.Inside.RunAsync("ping", "-c", "1", "-W", "5", address.ToString());
        await Laboratory.Inside.RunAsync("ping", "-c", "1", "-W", "5", address6.ToString());
    }
}
