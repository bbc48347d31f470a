using System.Net;
using System.Net.Sockets;
using SstpProtocol.Ip;
using SstpTransport.Netlink;
using SstpTransport.Tun;

namespace SstpClient.Connect;

/// <summary>
/// Addresses and routes of the tunnel device on this host. All of them vanish with the device, but for the route that keeps
/// the call itself outside the tunnel.
/// </summary>
public sealed class NetworkSetup : IDisposable
{
    private const ulong LinkLocal = 0xFE80_0000_0000_0000;

    private readonly RouteSocket _routes = RouteSocket.Open();
    private readonly TunDevice _device;
    private readonly ConnectSettings _settings;
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly HashSet<IPNetwork> _pushed = [];
    private NetworkRoute? _toServer;
    private ulong _interfaceId = 1;

    public NetworkSetup(TunDevice device, ConnectSettings settings)
    {
        _device = device;
        _settings = settings;
        _routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true, Mtu = settings.Mtu });
    }

    /// <returns>What was done, a line each, for the user.</returns>
    public IReadOnlyList<string> Apply(NetworkNews news, IPAddress server)
    {
        var done = new List<string>();
        switch (news)
        {
            case NetworkNews.Ipv4 ipv4:
                Apply(ipv4, server, done);
                break;
            case NetworkNews.Ipv6 ipv6:
                _interfaceId = ipv6.Opened.OwnInterfaceId;
                AddAddress(IpNumber.ToIpv6(new UInt128(LinkLocal, _interfaceId)), 64);
                break;
            case NetworkNews.Dhcp dhcp:
                AddPushed(dhcp.Routes, done);
                break;
            case NetworkNews.Router router:
                Apply(router, done);
                break;
        }

        return done;
    }

    public void Dispose()
    {
        if (_toServer is not null) _routes.RemoveRoute(_toServer);
        _routes.Dispose();
    }

    private void Apply(NetworkNews.Ipv4 news, IPAddress server, List<string> done)
    {
        if (AddAddress(news.Opened.Own, 32)) done.Add($"address {news.Opened.Own}");
        if (news.Opened.Peer is { } gateway) _routes.ReplaceRoute(Through(new IPNetwork(gateway, 32)));
        if (_settings.Routes != RouteMode.All) return;

        KeepOutside(server);
        // Two halves are more specific than the host's default route, which thus stays for when the tunnel goes.
        _routes.ReplaceRoute(Through(IPNetwork.Parse("0.0.0.0/1")));
        _routes.ReplaceRoute(Through(IPNetwork.Parse("128.0.0.0/1")));
        done.Add("all IPv4 traffic goes through the tunnel");
    }

    private void Apply(NetworkNews.Router router, List<string> done)
    {
        if (router.Mtu is { } mtu && mtu < _settings.Mtu)
            _routes.ChangeLink(_device.InterfaceIndex, new LinkChange { Mtu = mtu });
        if (router.Prefix is { } prefix)
        {
            var address = IpNumber.ToIpv6(new UInt128(prefix, _interfaceId));
            if (AddAddress(address, 64)) done.Add($"address {address}");
        }

        if (_settings.Routes == RouteMode.All)
        {
            _routes.ReplaceRoute(Through(IPNetwork.Parse("::/1")));
            _routes.ReplaceRoute(Through(IPNetwork.Parse("8000::/1")));
            if (_pushed.Add(IPNetwork.Parse("::/0"))) done.Add("all IPv6 traffic goes through the tunnel");
        }

        AddPushed(router.Routes, done);
    }

    private void AddPushed(IReadOnlyList<IPNetwork> networks, List<string> done)
    {
        if (_settings.Routes == RouteMode.None) return;
        foreach (var network in networks)
        {
            _routes.ReplaceRoute(Through(network));
            // Router advertisements come again and again; the user need hear of a route once.
            if (_pushed.Add(network)) done.Add($"route {network}");
        }
    }

    private bool AddAddress(IPAddress address, int prefixLength)
    {
        if (!_addresses.Add(address)) return false;
        _routes.AddAddress(new InterfaceAddress(_device.InterfaceIndex, address, prefixLength));
        return true;
    }

    /// <summary>Without a route of its own the call would be sent into the tunnel that it carries.</summary>
    private void KeepOutside(IPAddress server)
    {
        if (server.AddressFamily != AddressFamily.InterNetwork || _toServer is not null) return;
        var current = _routes.ListRoutes()
            .Where(route => route.InterfaceIndex != _device.InterfaceIndex && route.Destination.Contains(server))
            .OrderByDescending(route => route.Destination.PrefixLength)
            .ThenBy(route => route.Metric)
            .FirstOrDefault();
        if (current is null || current.Destination.PrefixLength == 32) return;
        _toServer = new NetworkRoute(new IPNetwork(server, 32), current.InterfaceIndex, current.Gateway);
        _routes.ReplaceRoute(_toServer);
    }

    private NetworkRoute Through(IPNetwork network) => new(network, _device.InterfaceIndex);
}
