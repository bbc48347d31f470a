using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SstpProtocol.Ip;

/// <summary>Addresses as the numbers that the packet path compares.</summary>
public static class IpNumber
{
    /// <exception cref="ArgumentException">Not an IPv4 address.</exception>
    public static uint FromIpv4(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (address.AddressFamily != AddressFamily.InterNetwork || !address.TryWriteBytes(bytes, out _))
            throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <exception cref="ArgumentException">Not an IPv6 address.</exception>
    public static UInt128 FromIpv6(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || !address.TryWriteBytes(bytes, out _))
            throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static IPAddress ToIpv4(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    public static IPAddress ToIpv6(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
