using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SstpGateway.Authentication.Throttling;

/// <summary>A source, or a user at a source, in 16 octets whatever the length of the name.</summary>
internal readonly record struct LockoutKey(UInt128 Digest)
{
    private const int Ipv6Prefix = 8; // A /64 is one customer (RFC 6177 section 2 and common practice).

    public static LockoutKey Of(IPAddress source) => Of("", source);

    /// <param name="user">Not empty.</param>
    public static LockoutKey Of(string user, IPAddress source)
    {
        Span<byte> input = stackalloc byte[16 + 256];
        var size = WriteSource(source, input);
        var name = Encoding.UTF8.GetBytes(user);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (name.Length <= input.Length - size)
        {
            name.CopyTo(input[size..]);
            SHA256.HashData(input[..(size + name.Length)], digest);
        }
        else
        {
            SHA256.HashData([.. input[..size], .. name], digest);
        }
        return new LockoutKey(MemoryMarshal.Read<UInt128>(digest));
    }

    // One octet tells the families apart, so that no name can pass for the rest of an address.
    private static int WriteSource(IPAddress source, Span<byte> destination)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var length);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) length = Ipv6Prefix;

        destination[0] = (byte)length;
        octets[..length].CopyTo(destination[1..]);
        return 1 + length;
    }
}
