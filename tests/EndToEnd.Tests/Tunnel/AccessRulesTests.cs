using System.Net.Sockets;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

public sealed class AccessRulesTests(ITestOutputHelper report) : Scenario(report)
{
    // bob is a guest, alice is not.
    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions
        {
            AccessRules =
                """[{action: allow, groups: [guests], to: ["198.51.100.2/32"], protocol: icmp}, {action: deny, groups: [guests]}]""",
        },
    };

    [RequiresFact("ip", "ping")]
    public async Task A_rule_for_a_group_holds_for_its_members_and_for_nobody_else()
    {
        await using var echo = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost);
        await using var echo6 = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost6);
        var alice = Dial("alice");
        var bob = Dial("bob", Laboratory.Other);
        await alice.WaitForRoutesAsync();
        await bob.WaitForRoutesAsync();

        Assert.Equal(Laboratory.GatewayInside, await AddressEcho.AskAsync(alice.Namespace, echo.EndPoint));
        await AddressEcho.AskAsync(alice.Namespace, echo6.EndPoint);
        await PingAsync(bob, Laboratory.InsideHost);
        await Assert.ThrowsAsync<SocketException>(() => AddressEcho.AskAsync(bob.Namespace, echo.EndPoint));
        await Assert.ThrowsAsync<SocketException>(() => AddressEcho.AskAsync(bob.Namespace, echo6.EndPoint));
        await PingInVainAsync(bob, Laboratory.InsideHost6);
    }

    [RequiresFact("ip", "ping")]
    public async Task An_address_leaves_its_groups_rules_with_its_user()
    {
        await using var echo = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost);
        var bob = Dial("bob", Laboratory.Other);
        var address = await bob.WaitForAddressAsync();
        var table = $"sstp_{GatewayFiles.Device}";
        Assert.Contains(address.ToString(), await Laboratory.GatewayNamespace.RunAsync("nft", "list", "table", "inet", table));

        bob.Interrupt();
        await bob.WaitForExitAsync(Soon);
        await Admin.WaitForSessionsAsync(0, Soon);

        Assert.DoesNotContain($"{address} ", await Laboratory.GatewayNamespace.RunAsync("nft", "list", "table", "inet", table));
    }
}
