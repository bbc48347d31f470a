using System.Buffers.Binary;

namespace SstpProtocol.Ip;

/// <summary>The IPv4 header (RFC 791 3.1), as far as a gateway looks at it. The checksum is not verified:
/// the host's stack does that.</summary>
/// <param name="HeaderLength">Bytes, options included; 20 to 60.</param>
/// <param name="TotalLength">Bytes of header and payload; at most what the packet has.</param>
/// <param name="FragmentOffset">Bytes into the original datagram; 0 in a whole one and in the first fragment.</param>
/// <param name="MoreFragments">The MF flag.</param>
/// <param name="Source">The address as a number, 10.0.0.1 being 0x0A000001.</param>
/// <param name="Destination">Likewise.</param>
public readonly record struct Ipv4Header(
    int HeaderLength,
    int TotalLength,
    IpProtocol Protocol,
    int FragmentOffset,
    bool MoreFragments,
    uint Source,
    uint Destination)
{
    public const int MinSize = 20;

    internal const int TotalLengthOffset = 2;
    internal const int IdentificationOffset = 4;
    internal const int FragmentOffsetOffset = 6;
    internal const int TimeToLiveOffset = 8;
    internal const int ProtocolOffset = 9;
    internal const int ChecksumOffset = 10;
    internal const int SourceOffset = 12;

    /// <returns>False for another version, and where a length does not fit the packet.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv4Header header)
    {
        header = default;
        if (packet.Length < MinSize || packet[0] >> 4 != 4) return false;

        var headerLength = (packet[0] & 0xF) * 4;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(packet[TotalLengthOffset..]);
        if (headerLength < MinSize || totalLength < headerLength || totalLength > packet.Length) return false;

        int fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        header = new Ipv4Header(
            headerLength,
            totalLength,
            (IpProtocol)packet[9],
            (fragment & 0x1FFF) * 8,
            (fragment & 0x2000) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(packet[SourceOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[16..]));
        return true;
    }

    /// <summary>Writes a header without options for a packet that is not fragmented, checksum included.</summary>
    /// <param name="destination">At least <see cref="MinSize"/> bytes.</param>
    public static void Write(
        Span<byte> destination, IpProtocol protocol, uint source, uint target, int totalLength, byte timeToLive = 64)
    {
        var header = destination[..MinSize];
        header.Clear();
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[TotalLengthOffset..], (ushort)totalLength);
        header[8] = timeToLive;
        header[9] = (byte)protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header[SourceOffset..], source);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], target);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], InternetChecksum.Of(header));
    }
}
