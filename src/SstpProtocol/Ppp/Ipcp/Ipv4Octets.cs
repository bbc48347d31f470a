using System.Net;
using System.Net.Sockets;

namespace SstpProtocol.Ppp.Ipcp;

/// <summary>IPv4 addresses as IPCP options carry them: 4 octets in network order.</summary>
internal static class Ipv4Octets
{
    public const int Size = 4;

    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static byte[] Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes()
        : throw new ArgumentException($"{address} is not an IPv4 address", nameof(address));

    /// <summary>Whether a host can have it: not 0/8, loopback, multicast, reserved or broadcast.</summary>
    public static bool IsUnicast(ReadOnlySpan<byte> octets) => octets[0] is not (0 or 127 or >= 224);
}
