using System.Net;
using System.Net.Sockets;

namespace Operator.Listening;

/// <summary>Who counts as one sender: an IPv4 address, or an IPv6 /64, since whoever has one
/// address of a /64 commonly has them all.</summary>
public static class SenderNetwork
{
    private const int Ipv6Prefix = 8;    // octets

    /// <summary>What one site is given, or one customer of a tunnel broker (RFC 6177).</summary>
    private const int Ipv6SitePrefix = 6;    // octets

    /// <summary>The first address of what counts as one.</summary>
    public static IPAddress Of(IPAddress sender)
    {
        if (sender.IsIPv4MappedToIPv6) return sender.MapToIPv4();
        return sender.AddressFamily == AddressFamily.InterNetworkV6 ? Masked(sender, Ipv6Prefix) : sender;
    }

    /// <summary>The first address of the site that it is of; null for IPv4, where addresses are scarce.</summary>
    public static IPAddress? SiteOf(IPAddress sender) =>
        sender.AddressFamily == AddressFamily.InterNetworkV6 && !sender.IsIPv4MappedToIPv6
            ? Masked(sender, Ipv6SitePrefix)
            : null;

    private static IPAddress Masked(IPAddress sender, int octetsKept)
    {
        Span<byte> octets = stackalloc byte[16];
        sender.TryWriteBytes(octets, out _);
        octets[octetsKept..].Clear();
        return new IPAddress(octets);
    }
}
