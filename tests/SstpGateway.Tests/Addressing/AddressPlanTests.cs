using System.Net;
using GatewayConfig.Addressing;
using SstpGateway.Addressing;
using SstpProtocol.Ip;

namespace SstpGateway.Tests.Addressing;

public class AddressPlanTests
{
    [Theory]
    [InlineData("10.254.0.0/22", "10.254.0.1", 1021, "10.254.0.2", "10.254.3.254")]
    [InlineData("192.0.2.0/30", "192.0.2.1", 1, "192.0.2.2", "192.0.2.2")]
    [InlineData("192.0.2.0/31", "192.0.2.0", 1, "192.0.2.1", "192.0.2.1")]
    [InlineData("10.0.0.0/12", "10.0.0.1", (1 << 20) - 3, "10.0.0.2", "10.15.255.254")]
    public void Keeps_network_broadcast_and_gateway_from_clients(
        string pool, string gateway, int clients, string first, string last)
    {
        var plan = new AddressPlan(new AddressingConfig { Pools4 = [pool] });

        Assert.Equal(gateway, plan.Gateway4.ToString());
        Assert.Equal(clients, plan.Clients4.Count);
        Assert.Equal(first, IpNumber.ToIpv4((uint)plan.Clients4.NumberOf(0)).ToString());
        Assert.Equal(last, IpNumber.ToIpv4((uint)plan.Clients4.NumberOf(clients - 1)).ToString());
    }

    [Fact]
    public void A_pool_of_one_address_is_the_gateways_and_leaves_none_for_clients()
    {
        var plan = new AddressPlan(new AddressingConfig { Pools4 = ["192.0.2.7/32", "192.0.2.16/30"] });
        Assert.Equal("192.0.2.7", plan.Gateway4.ToString());
        Assert.Equal(2, plan.Clients4.Count);
        Assert.Equal("192.0.2.17", IpNumber.ToIpv4((uint)plan.Clients4.NumberOf(0)).ToString());
    }

    [Fact]
    public void Gives_the_first_64_to_the_gateway_and_each_client_one_of_the_others()
    {
        var plan = new AddressPlan(new AddressingConfig { Pools6 = ["2001:db8::/56"] });

        Assert.Equal("2001:db8::1", plan.Gateway6?.ToString());
        Assert.Equal(IPNetwork.Parse("2001:db8::/64"), plan.GatewayPrefix6);
        Assert.Equal(255, plan.Clients6.Count);
        Assert.Equal("2001:db8:0:1::", IpNumber.ToIpv6(plan.Clients6.NumberOf(0)).ToString());
        Assert.Equal("2001:db8:0:ff::", IpNumber.ToIpv6(plan.Clients6.NumberOf(254)).ToString());
    }

    [Fact]
    public void Uses_no_more_of_a_huge_pool_than_its_clients_need()
    {
        var plan = new AddressPlan(new AddressingConfig { Pools4 = ["10.0.0.0/8", "172.16.0.0/12"], Pools6 = ["2001:db8::/32"] });
        Assert.Equal(AddressPlan.MaxClients, plan.Clients4.Count);
        Assert.Equal(AddressPlan.MaxClients, plan.Clients6.Count);
    }

    [Fact]
    public void Every_slot_of_several_pools_is_found_by_its_number_and_nothing_else_is()
    {
        var plan = new AddressPlan(new AddressingConfig { Pools4 = ["192.0.2.0/29", "198.51.100.4/32", "203.0.113.0/30"] });
        var addresses = Enumerable.Range(0, plan.Clients4.Count)
            .Select(slot => IpNumber.ToIpv4((uint)plan.Clients4.NumberOf(slot)).ToString()).ToList();

        Assert.Equal(
            ["192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6", "198.51.100.4", "203.0.113.1", "203.0.113.2"],
            addresses);
        for (var slot = 0; slot < addresses.Count; slot++)
        {
            Assert.True(plan.Clients4.TryFind(IpNumber.FromIpv4(IPAddress.Parse(addresses[slot])), out var found));
            Assert.Equal(slot, found);
        }

        foreach (var other in new[]
        {
            "192.0.2.0", "192.0.2.1", "192.0.2.7", "192.0.2.8", "198.51.100.3", "198.51.100.5", "203.0.113.0", "203.0.113.3",
        })
            Assert.False(plan.Clients4.TryFind(IpNumber.FromIpv4(IPAddress.Parse(other)), out _), other);
    }

    [Fact]
    public void Other_pools_stay_behind_the_gateways_first_addresses()
    {
        var started = new AddressPlan(new AddressingConfig { Pools4 = ["10.0.0.0/30"], Pools6 = ["2001:db8::/62"] });

        var moved = started.Successor(new AddressingConfig { Pools4 = ["192.0.2.0/30"], Pools6 = ["2001:db8:1::/63"] });
        Assert.Equal(
            (started.Gateway4, started.Gateway6, started.GatewayPrefix6), (moved.Gateway4, moved.Gateway6, moved.GatewayPrefix6));
        Assert.Equal((2, 2), (moved.Clients4.Count, moved.Clients6.Count));

        // A wider pool around the gateway serves what lies on both sides of it.
        var wider = started.Successor(
            new AddressingConfig { Pools4 = ["9.255.255.248/29", "10.0.0.0/28"], Pools6 = ["2001:db8::/60"] });
        Assert.Equal((6 + 13, 15), (wider.Clients4.Count, wider.Clients6.Count));
        Assert.False(wider.Clients4.TryFind(IpNumber.FromIpv4(started.Gateway4), out _));
    }

    [Fact]
    public void A_gateway_started_without_IPv6_gets_none_by_a_reload()
    {
        var plan = new AddressPlan(new AddressingConfig()).Successor(new AddressingConfig { Pools6 = ["2001:db8::/48"] });
        Assert.Null(plan.Gateway6);
        Assert.Empty(plan.Pools6);
        Assert.Equal(0, plan.Clients6.Count);
    }
}
