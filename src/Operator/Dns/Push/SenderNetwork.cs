using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Push;

/// <summary>Who counts as one sender: an IPv4 address, or an IPv6 /64, since whoever has one
/// address of a /64 commonly has them all.</summary>
public static class SenderNetwork
{
    private const int Ipv6Prefix = 8;    // octets

    /// <summary>The first address of what counts as one.</summary>
    public static IPAddress Of(IPAddress sender)
    {
        if (sender.IsIPv4MappedToIPv6) return sender.MapToIPv4();
        if (sender.AddressFamily != AddressFamily.InterNetworkV6) return sender;

        Span<byte> octets = stackalloc byte[16];
        sender.TryWriteBytes(octets, out _);
        octets[Ipv6Prefix..].Clear();
        return new IPAddress(octets);
    }
}
