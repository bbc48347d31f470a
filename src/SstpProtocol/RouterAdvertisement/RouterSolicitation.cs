using SstpProtocol.Ip;

namespace SstpProtocol.RouterAdvertisement;

/// <summary>Router solicitation (RFC 4861 4.1): a host asks its routers to announce themselves at once.</summary>
/// <param name="Source">The sender's link-local address, or 0 when it has none yet.</param>
public readonly record struct RouterSolicitation(UInt128 Source)
{
    private const int FixedSize = 8;

    /// <summary>Length of what <see cref="Write"/> writes.</summary>
    public const int WrittenLength = Ipv6Header.Size + FixedSize;

    /// <returns>False for anything but a valid solicitation (RFC 4861 6.1.1): hop limit 255, checksum, code, options.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ipv6Packet, out RouterSolicitation solicitation)
    {
        solicitation = default;
        if (!NeighborDiscovery.TryRead(ipv6Packet, NeighborDiscovery.Solicitation, FixedSize, out var header, out _))
            return false;

        solicitation = new RouterSolicitation(header.Source);
        return true;
    }

    /// <summary>Writes a solicitation to all routers (ff02::2).</summary>
    /// <param name="source">The client's link-local address.</param>
    /// <returns>Length of the packet.</returns>
    public static int Write(Span<byte> destination, UInt128 source)
    {
        var packet = destination[..WrittenLength];
        packet.Clear();
        packet[Ipv6Header.Size] = NeighborDiscovery.Solicitation;
        NeighborDiscovery.Finish(packet, source, NeighborDiscovery.AllRouters);
        return WrittenLength;
    }
}
