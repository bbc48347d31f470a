using System.Buffers.Binary;

namespace SstpProtocol.Ip;

/// <summary>The fixed IPv6 header (RFC 8200 3).</summary>
/// <param name="PayloadLength">Bytes after the 40 of the header; at most what the packet has.</param>
/// <param name="NextHeader">The upper-layer protocol or the first extension header.</param>
/// <param name="Source">The address as a number, most significant octet first.</param>
/// <param name="Destination">Likewise.</param>
public readonly record struct Ipv6Header(
    int PayloadLength, IpProtocol NextHeader, byte HopLimit, UInt128 Source, UInt128 Destination)
{
    public const int Size = 40;

    internal const int PayloadLengthOffset = 4;
    internal const int NextHeaderOffset = 6;
    internal const int HopLimitOffset = 7;
    internal const int SourceOffset = 8;

    // The order RFC 8200 4.1 recommends has six extension headers; a longer chain is not worth following.
    private const int MaxExtensionHeaders = 8;

    /// <returns>False for another version, and where the length does not fit the packet.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv6Header header)
    {
        header = default;
        if (packet.Length < Size || packet[0] >> 4 != 6) return false;

        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (Size + payloadLength > packet.Length) return false;

        header = new Ipv6Header(
            payloadLength,
            (IpProtocol)packet[6],
            packet[7],
            BinaryPrimitives.ReadUInt128BigEndian(packet[SourceOffset..]),
            BinaryPrimitives.ReadUInt128BigEndian(packet[24..]));
        return true;
    }

    /// <summary>Walks the extension headers to the first header of the layer above.</summary>
    /// <param name="packet">The packet this header was read from.</param>
    /// <param name="offset">Where that header begins in the packet.</param>
    /// <returns>False for a later fragment, a chain that leaves the packet, and one of more than 8 headers.</returns>
    public bool TryFindUpperLayer(ReadOnlySpan<byte> packet, out IpProtocol protocol, out int offset)
    {
        var end = Size + PayloadLength;
        protocol = NextHeader;
        offset = Size;
        for (var i = 0; i < MaxExtensionHeaders; i++)
        {
            if (protocol is not (IpProtocol.HopByHopOptions or IpProtocol.Routing or IpProtocol.DestinationOptions
                or IpProtocol.Fragment))
                return true;
            if (offset + 8 > end) return false;

            // A fragment header has its offset in the upper 13 bits; only offset 0 carries the layer above (RFC 8200 4.5).
            var isFragment = protocol == IpProtocol.Fragment;
            if (isFragment && BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]) >> 3 != 0) return false;

            var length = isFragment ? 8 : (packet[offset + 1] + 1) * 8;
            protocol = (IpProtocol)packet[offset];
            offset += length;
            if (offset > end) return false;
        }

        return false;
    }

    /// <summary>Writes the header with traffic class and flow label 0.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var header = destination[..Size];
        header.Clear();
        header[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)PayloadLength);
        header[6] = (byte)NextHeader;
        header[7] = HopLimit;
        BinaryPrimitives.WriteUInt128BigEndian(header[SourceOffset..], Source);
        BinaryPrimitives.WriteUInt128BigEndian(header[24..], Destination);
    }
}
