using System.Net;
using GatewayConfig.Network;
using SstpGateway.Addressing;
using SstpGateway.Forwarding;
using SstpTransport.Linux;
using SstpTransport.Netlink;
using SstpTransport.Tun;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpGateway.Tests.Forwarding;

public class TunnelInterfaceTests
{
    private static readonly NetworkConfig Config = new() { Device = "t0", Mtu = 1400, Queues = 2 };

    [RequiresFact("ip", "nft")]
    public void Has_the_gateways_addresses_and_routes_for_every_pool() => OwnNamespace.Run(() =>
    {
        using var tunnel = TunnelInterface.Open(Config, FirewallRulesTests.Plan);
        using var routes = RouteSocket.Open();
        var device = tunnel.Device.InterfaceIndex;

        Assert.Equal(2, tunnel.Device.Queues.Count);
        Assert.Equal(
            new HashSet<InterfaceAddress>
            {
                new(device, IPAddress.Parse("10.254.0.1"), 32),
                new(device, IPAddress.Parse("2001:db8::1"), 128),
                new(device, IPAddress.Parse("fe80::1"), 64),
            },
            routes.ListAddresses().ToHashSet());
        Assert.Contains(new NetworkRoute(IPNetwork.Parse("10.254.0.0/22"), device), routes.ListRoutes());
        Assert.Contains(new NetworkRoute(IPNetwork.Parse("2001:db8::/56"), device, null, 1024), routes.ListRoutes());
        Assert.Contains("mtu 1400", OwnNamespace.Output("ip", "link", "show", "t0"), StringComparison.Ordinal);
        Assert.Contains(" src 10.254.0.1 ", OwnNamespace.Output("ip", "route", "get", "10.254.2.9"), StringComparison.Ordinal);
        Assert.Contains(
            " src 2001:db8::1 ", OwnNamespace.Output("ip", "route", "get", "2001:db8:0:7::9"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Refuses_pools_that_the_host_uses_already() => OwnNamespace.Run(() =>
    {
        using var other = TunDevice.Open("d0", 1);
        OwnNamespace.Output("ip", "address", "add", "10.254.1.1/24", "dev", "d0");
        OwnNamespace.Output("ip", "link", "set", "d0", "up");

        var error = Assert.Throws<AddressConflictException>(() => TunnelInterface.Open(Config, FirewallRulesTests.Plan));

        Assert.Equal(2, error.Conflicts.Count);
        Assert.Null(RouteSocket.FindInterface("t0"));
    });

    [RequiresFact("ip", "nft")]
    public void Routes_of_leases_outside_the_pools_come_and_go() => OwnNamespace.Run(() =>
    {
        using var tunnel = TunnelInterface.Open(Config, FirewallRulesTests.Plan);
        var lease = new AddressLease("alice", IPAddress.Parse("192.0.2.9"), null)
        {
            OutsidePools = [IPNetwork.Parse("192.0.2.9/32")],
        };

        tunnel.AddRoutes(lease);
        Assert.Contains("192.0.2.9 dev t0", OwnNamespace.Output("ip", "route"), StringComparison.Ordinal);
        tunnel.RemoveRoutes(lease);
        tunnel.RemoveRoutes(lease);
        Assert.DoesNotContain("192.0.2.9", OwnNamespace.Output("ip", "route"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Takes_over_other_pools() => OwnNamespace.Run(() =>
    {
        using var tunnel = TunnelInterface.Open(Config, FirewallRulesTests.Plan);
        var after = new AddressPlan(new() { Pools4 = ["10.254.0.0/22", "10.99.0.0/24"], Pools6 = [] });

        tunnel.ChangePools(FirewallRulesTests.Plan, after);

        Assert.Contains("10.99.0.0/24 dev t0", OwnNamespace.Output("ip", "route"), StringComparison.Ordinal);
        Assert.Contains("10.254.0.0/22 dev t0", OwnNamespace.Output("ip", "route"), StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8::/56", OwnNamespace.Output("ip", "-6", "route"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Everything_can_be_set_up_by_nobody_with_two_capabilities()
    {
        // Once as root, so that everything is loaded from folders that nobody may not be able to read.
        OwnNamespace.Run(SetUp);
        OwnNamespace.Run(() =>
        {
            GatewayRights.Assume();
            SetUp();
        });
    }

    [RequiresFact("ip", "nft")]
    public void Says_that_CAP_NET_ADMIN_is_missing() => OwnNamespace.Run(() =>
    {
        GatewayRights.Assume(withNetAdmin: false);
        var error = Assert.Throws<SystemCallException>(() => TunnelInterface.Open(Config, FirewallRulesTests.Plan));
        Assert.True(error.IsLackOfRights);
        Assert.Contains("CAP_NET_ADMIN", error.Message, StringComparison.Ordinal);
    });

    private static void SetUp()
    {
        var forwarding = new IpForwarding().Ensure(enable: true, withIpv6: true, "t0");
        Assert.Empty(forwarding.Problems);
        Assert.Contains("net.ipv4.ip_forward=1", forwarding.Changed);
        using var tunnel = TunnelInterface.Open(Config, FirewallRulesTests.Plan);
        using var firewall = Firewall.Open(new FirewallRules(FirewallRulesTests.WithRules, FirewallRulesTests.Plan));
        firewall.AddClient(FirewallRulesTests.Alice);
    }
}
