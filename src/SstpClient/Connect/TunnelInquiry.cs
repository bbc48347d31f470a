using System.Net;
using System.Security.Cryptography;
using System.Text;
using SstpClient.Calls;
using SstpProtocol;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;
using SstpProtocol.Ppp;
using SstpProtocol.RouterAdvertisement;
using SstpProtocol.Sessions;

namespace SstpClient.Connect;

/// <summary>Asks the gateway inside the tunnel, by DHCPINFORM and router solicitation, for what IPCP cannot carry.</summary>
/// <remarks>Driven by the call's observer and by ticks;
/// a gateway that does not answer is asked <see cref="Attempts"/> times.</remarks>
public sealed class TunnelInquiry
{
    private const int Attempts = 3;                                              // RFC 4861 10, MAX_RTR_SOLICITATIONS
    private const ulong LinkLocal = 0xFE80_0000_0000_0000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);         // RFC 4861 10, RTR_SOLICITATION_INTERVAL

    private readonly Lock _gate = new();
    private readonly uint _transaction = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
    private uint _address4;
    private ulong _interfaceId;
    private Question _dhcp;
    private Question _router;

    public void Opened(SessionEvent.Ipv4Opened opened)
    {
        lock (_gate) (_address4, _dhcp) = (IpNumber.FromIpv4(opened.Own), new Question(Attempts));
    }

    public void Opened(SessionEvent.Ipv6Opened opened)
    {
        lock (_gate) (_interfaceId, _router) = (opened.OwnInterfaceId, new Question(Attempts));
    }

    /// <summary>Asks what is still to be asked.</summary>
    public void Tick(Call call, MonotonicTime now)
    {
        Span<byte> packet = stackalloc byte[512];
        lock (_gate)
        {
            if (_dhcp.IsDue(now) && call.TrySend(PppProtocol.Ipv4, packet[..DhcpInform.Write(packet, _transaction, _address4)]))
                _dhcp.Asked(now + Interval);
            if (_router.IsDue(now)
                && call.TrySend(
                    PppProtocol.Ipv6, packet[..RouterSolicitation.Write(packet, new UInt128(LinkLocal, _interfaceId))]))
                _router.Asked(now + Interval);
        }

        call.Flush();
    }

    /// <summary>Reads an IPv4 packet that is the answer to DHCPINFORM, and so no traffic; null for any other.</summary>
    public NetworkNews? Read4(ReadOnlySpan<byte> packet)
    {
        if (!DhcpAnswer.TryRead(packet, _transaction, out var answer)) return null;

        var routes = new List<IPNetwork>();
        var wire = answer.Routes;
        while (ClasslessRoutes.TryTake(ref wire, out var network, out var prefixLength, out _))
            routes.Add(new IPNetwork(IpNumber.ToIpv4(network), prefixLength));
        var servers = new List<IPAddress>();
        for (var at = 0; at + 4 <= answer.DnsServers.Length; at += 4) servers.Add(new IPAddress(answer.DnsServers.Slice(at, 4)));
        var domains = ReadDomains(answer.DomainSearch);
        if (domains.Count == 0 && !answer.DomainName.IsEmpty) domains.Add(Encoding.ASCII.GetString(answer.DomainName));

        lock (_gate) _dhcp.Answered();
        return new NetworkNews.Dhcp(routes, servers, domains);
    }

    /// <summary>Reads an IPv6 packet that is a router advertisement, and so no traffic; null for any other.</summary>
    public NetworkNews? Read6(ReadOnlySpan<byte> packet)
    {
        if (!AdvertisedRouter.TryRead(packet, out var router)) return null;

        Span<UInt128> servers = stackalloc UInt128[8];
        Span<AdvertisedRoute> routes = stackalloc AdvertisedRoute[64];
        var dns = new List<IPAddress>();
        foreach (var server in servers[..router.ReadDnsServers(servers)]) dns.Add(IpNumber.ToIpv6(server));
        var networks = new List<IPNetwork>();
        foreach (var route in routes[..router.ReadRoutes(routes)])
            networks.Add(new IPNetwork(IpNumber.ToIpv6(route.Network), route.PrefixLength));

        lock (_gate) _router.Answered();
        return new NetworkNews.Router(
            router.Prefix, router.RouterLifetime > 0, router.Mtu, networks, dns, ReadDomains(router.SearchList));
    }

    private static List<string> ReadDomains(ReadOnlySpan<byte> wire)
    {
        var domains = new List<string>();
        while (DomainNames.TryTake(ref wire, out var name)) domains.Add(name);
        return domains;
    }

    private struct Question(int attempts)
    {
        private int _left = attempts;
        private MonotonicTime? _next;

        public readonly bool IsDue(MonotonicTime now) => _left > 0 && (_next is null || _next <= now);

        public void Asked(MonotonicTime next)
        {
            _left--;
            _next = next;
        }

        public void Answered() => _left = 0;
    }
}
