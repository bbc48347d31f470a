using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Sources;

/// <summary>Which addresses others can reach (RFC 6890 and the registries it began). Pure.</summary>
public static class PublicAddress
{
    private static readonly ImmutableArray<(IPNetwork Network, string What)> Special =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "of this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by a carrier's NAT, so calls from outside cannot get in"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "of an old 6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "for benchmarks"),
        (IPNetwork.Parse("198.51.100.0/24"), "for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("2001::/23"), "reserved"),
        (IPNetwork.Parse("2001:db8::/32"), "for documentation"),
        (IPNetwork.Parse("2002::/16"), "6to4"),
        (IPNetwork.Parse("3fff::/20"), "for documentation"),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Why an address must not be published; null when it may.</summary>
    /// <param name="allowed">Networks that may be published all the same.</param>
    public static string? Objection(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        if (address.IsIPv4MappedToIPv6) return $"{address} is an IPv4 address in IPv6's clothes";
        if (allowed.Any(network => network.Contains(address))) return null;

        foreach (var (network, what) in Special)
            if (network.Contains(address)) return $"{address} is {what}";
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalV6.Contains(address)
            ? $"{address} is not a global IPv6 address"
            : null;
    }
}
