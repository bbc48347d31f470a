using System.Net;
using SstpTransport.Linux;
using SstpTransport.Netlink;
using SstpTransport.Tun;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpTransport.Tests.Netlink;

/// <summary>What was set is read with <c>ip</c> as well, which shares no code with the socket.</summary>
public class RouteSocketTests
{
    [RequiresFact("ip", "nft")]
    public void Sets_MTU_queue_length_and_state_of_a_device() => OwnNamespace.Run(() =>
    {
        using var device = TunDevice.Open("t0", 1);
        using var routes = RouteSocket.Open();

        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Mtu = 1400, TransmitQueueLength = 777 });
        Assert.Contains(" state DOWN ", OwnNamespace.Output("ip", "link", "show", "t0"), StringComparison.Ordinal);
        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true });

        var shown = OwnNamespace.Output("ip", "link", "show", "t0");
        Assert.Contains("mtu 1400", shown, StringComparison.Ordinal);
        Assert.Contains("qlen 777", shown, StringComparison.Ordinal);
        Assert.Contains(",UP,", shown, StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Keeps_the_kernel_from_choosing_a_link_local_address() => OwnNamespace.Run(() =>
    {
        using var chosen = TunDevice.Open("t0", 1);
        using var unchosen = TunDevice.Open("t1", 1);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(unchosen.InterfaceIndex, new LinkChange { AutomaticLinkLocal = false });
        routes.ChangeLink(chosen.InterfaceIndex, new LinkChange { Up = true });
        routes.ChangeLink(unchosen.InterfaceIndex, new LinkChange { Up = true });

        var devices = routes.ListAddresses().Select(address => address.InterfaceIndex).ToList();
        Assert.Contains(chosen.InterfaceIndex, devices);
        Assert.DoesNotContain(unchosen.InterfaceIndex, devices);
    });

    [RequiresFact("ip", "nft")]
    public void Adds_lists_and_removes_addresses_of_both_families() => OwnNamespace.Run(() =>
    {
        using var device = TunDevice.Open("t0", 1);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true, AutomaticLinkLocal = false });
        var address4 = new InterfaceAddress(device.InterfaceIndex, IPAddress.Parse("10.254.0.1"), 22);
        var address6 = new InterfaceAddress(device.InterfaceIndex, IPAddress.Parse("2001:db8::1"), 64);
        var linkLocal = new InterfaceAddress(device.InterfaceIndex, IPAddress.Parse("fe80::1"), 64);

        foreach (var address in new[] { address4, address6, linkLocal }) routes.AddAddress(address);
        routes.AddAddress(address4);

        Assert.Equal(new[] { address4, address6, linkLocal }.ToHashSet(), routes.ListAddresses().ToHashSet());
        var shown = OwnNamespace.Output("ip", "address", "show", "t0");
        Assert.Contains("inet 10.254.0.1/22 scope global t0", shown, StringComparison.Ordinal);
        Assert.Contains("inet6 2001:db8::1/64 scope global nodad", shown, StringComparison.Ordinal);
        Assert.Contains("inet6 fe80::1/64 scope link nodad", shown, StringComparison.Ordinal);

        Assert.True(routes.RemoveAddress(address4));
        Assert.False(routes.RemoveAddress(address4));
        Assert.DoesNotContain(address4, routes.ListAddresses());
    });

    [RequiresFact("ip", "nft")]
    public void Adds_lists_and_removes_routes_of_both_families() => OwnNamespace.Run(() =>
    {
        using var device = TunDevice.Open("t0", 1);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true, AutomaticLinkLocal = false });
        routes.AddAddress(new InterfaceAddress(device.InterfaceIndex, IPAddress.Parse("10.254.0.1"), 24));
        NetworkRoute[] wanted =
        [
            new(IPNetwork.Parse("10.20.0.0/16"), device.InterfaceIndex),
            new(IPNetwork.Parse("0.0.0.0/0"), device.InterfaceIndex, IPAddress.Parse("10.254.0.2"), 50),
            new(IPNetwork.Parse("2001:db8:1::/48"), device.InterfaceIndex, null, 77),
        ];

        foreach (var route in wanted) routes.ReplaceRoute(route);
        routes.ReplaceRoute(wanted[0]);

        Assert.All(wanted, route => Assert.Contains(route, routes.ListRoutes()));
        var shown = OwnNamespace.Output("ip", "route", "show");
        Assert.Contains("10.20.0.0/16 dev t0 proto static scope link", shown, StringComparison.Ordinal);
        Assert.Contains("default via 10.254.0.2 dev t0 proto static metric 50", shown, StringComparison.Ordinal);
        Assert.Contains(
            "2001:db8:1::/48 dev t0 proto static metric 77",
            OwnNamespace.Output("ip", "-6", "route", "show"),
            StringComparison.Ordinal);

        Assert.False(routes.TryAddRoute(wanted[0]));
        foreach (var route in wanted) Assert.True(routes.RemoveRoute(route));
        foreach (var route in wanted) Assert.False(routes.RemoveRoute(route));
        Assert.True(routes.TryAddRoute(wanted[0]));
    });

    [RequiresFact("ip", "nft")]
    public void Lists_more_routes_than_fit_into_one_answer() => OwnNamespace.Run(() =>
    {
        using var device = TunDevice.Open("t0", 1);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true, AutomaticLinkLocal = false });
        for (var i = 0; i < 2000; i++)
            routes.ReplaceRoute(
                new NetworkRoute(new IPNetwork(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24), device.InterfaceIndex));

        Assert.Equal(2000, routes.ListRoutes().Distinct().Count());
    });

    [RequiresFact("ip", "nft")]
    public void Says_what_was_tried_and_what_the_kernel_said() => OwnNamespace.Run(() =>
    {
        using var routes = RouteSocket.Open();
        var error = Assert.Throws<SystemCallException>(
            () => routes.ReplaceRoute(new NetworkRoute(IPNetwork.Parse("10.0.0.0/8"), 4711)));
        Assert.StartsWith("Adding the route to 10.0.0.0/8: No such device (errno 19)", error.Message, StringComparison.Ordinal);
    });
}
