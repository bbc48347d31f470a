using System.Net;
using SstpGateway.Forwarding;
using SstpTransport.Netlink;

namespace SstpGateway.Tests.Forwarding;

public class PoolConflictsTests
{
    private const int Tunnel = 9;

    [Theory]
    [InlineData("10.254.1.5", 2, true)]
    [InlineData("10.254.1.5", Tunnel, false)]
    [InlineData("10.255.0.1", 2, false)]
    [InlineData("2001:db8:0:3::1", 2, true)]
    public void Finds_addresses_of_the_host_inside_a_pool(string address, int device, bool isConflict) =>
        Assert.Equal(isConflict, Find([new InterfaceAddress(device, IPAddress.Parse(address), 24)], []).Count == 1);

    [Theory]
    [InlineData("10.254.1.0/24", 2, true)]
    [InlineData("10.254.0.0/22", 2, true)]
    [InlineData("10.254.0.0/22", Tunnel, false)]
    [InlineData("10.0.0.0/8", 2, false)]
    [InlineData("0.0.0.0/0", 2, false)]
    [InlineData("::/0", 2, false)]
    [InlineData("2001:db8:0:3::/64", 2, true)]
    public void Finds_routes_into_a_pool_but_not_wider_ones(string destination, int device, bool isConflict) =>
        Assert.Equal(isConflict, Find([], [new NetworkRoute(IPNetwork.Parse(destination), device)]).Count == 1);

    [Fact]
    public void Names_all_conflicts_at_once_with_advice()
    {
        var conflicts = Find(
            [new InterfaceAddress(2, IPAddress.Parse("10.254.1.5"), 24)],
            [new NetworkRoute(IPNetwork.Parse("10.254.1.0/24"), 2)]);
        Assert.Equal(
            "The address pools collide with the host's network: pool 10.254.0.0/22 contains the host's own address 10.254.1.5; " +
            "pool 10.254.0.0/22 contains 10.254.1.0/24, to which the host has a route. Choose other pools under addressing.",
            new AddressConflictException(conflicts).Message);
    }

    private static IReadOnlyList<string> Find(InterfaceAddress[] addresses, NetworkRoute[] routes) =>
        PoolConflicts.Find(FirewallRulesTests.Plan, addresses, routes, Tunnel);
}
