using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

public sealed class MasqueradeTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new() { Options = new GatewayOptions { Masquerade = true } };

    [RequiresFact("ip", "ping")]
    public async Task Masqueraded_clients_look_like_the_gateway_to_the_inside()
    {
        await using var echo = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost);
        await using var echo6 = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost6);
        var client = Dial();
        await client.WaitForRoutesAsync();

        Assert.Equal(Laboratory.GatewayInside, await AddressEcho.AskAsync(client.Namespace, echo.EndPoint));
        Assert.Equal(IPAddress.Parse("fd00:51::1"), await AddressEcho.AskAsync(client.Namespace, echo6.EndPoint));
    }
}
