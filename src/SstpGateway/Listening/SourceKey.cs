using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Listening;

/// <summary>
/// What counts as one source: an IPv4 address, or an IPv6 /64, since whoever has one address of a /64 commonly has them all.
/// </summary>
public readonly record struct SourceKey(ulong High, ulong Low)
{
    // IPv4 keys live where no global IPv6 prefix can: in ::/64.
    public static SourceKey Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new SourceKey(0, BinaryPrimitives.ReadUInt32BigEndian(octets))
            : new SourceKey(BinaryPrimitives.ReadUInt64BigEndian(octets), 0);
    }
}
