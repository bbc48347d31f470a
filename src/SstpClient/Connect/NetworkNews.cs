using System.Net;
using SstpProtocol.Sessions;

namespace SstpClient.Connect;

/// <summary>Something that changes how this host's network should be set up.</summary>
public abstract record NetworkNews
{
    public sealed record Ipv4(SessionEvent.Ipv4Opened Opened) : NetworkNews;

    public sealed record Ipv6(SessionEvent.Ipv6Opened Opened) : NetworkNews;

    /// <summary>The answer to DHCPINFORM.</summary>
    public sealed record Dhcp(
        IReadOnlyList<IPNetwork> Routes, IReadOnlyList<IPAddress> DnsServers, IReadOnlyList<string> SearchDomains)
        : NetworkNews;

    /// <summary>A router advertisement.</summary>
    /// <param name="Prefix">Upper 64 bits of the /64 to take an address from; null when it named none.</param>
    /// <param name="IsDefaultRouter">Whether IPv6 traffic without a better route goes there.</param>
    public sealed record Router(
        ulong? Prefix, bool IsDefaultRouter, int? Mtu, IReadOnlyList<IPNetwork> Routes, IReadOnlyList<IPAddress> DnsServers,
        IReadOnlyList<string> SearchDomains) : NetworkNews;

    public sealed record Ended(SessionEnd End) : NetworkNews;
}
