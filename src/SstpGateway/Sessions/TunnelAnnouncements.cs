using System.Net;
using GatewayConfig;
using SstpGateway.Addressing;
using SstpProtocol.Dhcp;
using SstpProtocol.RouterAdvertisement;

namespace SstpGateway.Sessions;

/// <summary>What clients are told inside the tunnel: name servers by IPCP, everything else
/// by DHCPINFORM and router advertisement.</summary>
public sealed class TunnelAnnouncements
{
    /// <summary>The gateway's interface identifier: fe80::1 on every link.</summary>
    public const ulong GatewayInterfaceId = 1;

    /// <summary>For clients that leave theirs to the gateway. Each call has a /64 of its own,
    /// so they may all have the same, and keep it.</summary>
    public const ulong ClientInterfaceId = 2;

    /// <param name="config">In force from now on.</param>
    /// <param name="plan">The addresses that go with it.</param>
    public TunnelAnnouncements(GatewayConfiguration config, AddressPlan plan)
    {
        var (gateway4, gateway6) = (plan.Gateway4, plan.Gateway6);
        IReadOnlyList<IPAddress> servers = config.Dns.Forwarder
            ? gateway6 is null ? [gateway4] : [gateway4, gateway6]
            : [.. config.Dns.Servers.Select(ServerAddress)];
        Dns4 = [.. servers.Where(server => server.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork).Take(2)];
        Gateway4 = gateway4;
        Mtu = config.Network.Mtu;
        var routes = config.Network.Routes.Select(IPNetwork.Parse).ToList();
        Dhcp = new DhcpAck(new DhcpAnswerSettings
        {
            Gateway = gateway4,
            DnsServers = servers,
            SearchDomains = config.Dns.SearchDomains,
            Routes = routes,
        });
        RouterAdvertisement = gateway6 is null
            ? null
            : new RouterAdvertisementMessage(new RouterAdvertisementSettings
            {
                Router = Forwarding.TunnelInterface.LinkLocal,
                DefaultRoute = config.Network.DefaultRoute,
                Mtu = config.Network.Mtu,
                // The gateway's own address is in no client's /64, and name queries go to it.
                Routes = [new IPNetwork(gateway6, 128), .. routes],
                DnsServers = servers,
                SearchDomains = config.Dns.SearchDomains,
            });
    }

    public IPAddress Gateway4 { get; }

    /// <summary>At most two: IPCP has room for no more.</summary>
    public IReadOnlyList<IPAddress> Dns4 { get; }

    /// <summary>Bytes of the largest IP packet in the tunnel.</summary>
    public int Mtu { get; }

    public DhcpAck Dhcp { get; }

    /// <summary>Null when there is no IPv6 in the tunnel.</summary>
    public RouterAdvertisementMessage? RouterAdvertisement { get; }

    // IPCP and RDNSS have no place for a port; a server on another one can be used by the forwarder only.
    private static IPAddress ServerAddress(string server) => IPEndPoint.Parse(server).Address;
}
