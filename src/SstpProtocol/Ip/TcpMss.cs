using System.Buffers.Binary;

namespace SstpProtocol.Ip;

/// <summary>Lowers the maximum segment size that TCP ends announce, so that their
/// packets fit the tunnel without fragments.</summary>
public static class TcpMss
{
    /// <summary>IPv4 (20) and TCP (20) headers without options (RFC 6691 section 2).</summary>
    public const int Overhead4 = 40;

    /// <summary>IPv6 (40) and TCP (20) headers.</summary>
    public const int Overhead6 = 60;

    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSize = 2;
    private const int MaximumSegmentSizeLength = 4;

    /// <summary>Rewrites the MSS option of a SYN or SYN-ACK that announces more than <paramref name="mtu"/> allows.</summary>
    /// <param name="ipPacket">An IPv4 or IPv6 packet, changed in place; anything else, damaged or hostile, is left alone.</param>
    /// <param name="mtu">Bytes of the largest IP packet that fits, at least 68.</param>
    /// <returns>True when the packet was changed. A packet without the option is not: its end then assumes 536 or 1220.</returns>
    public static bool Clamp(Span<byte> ipPacket, int mtu)
    {
        if (Ipv4Header.TryRead(ipPacket, out var header4))
        {
            return header4 is { Protocol: IpProtocol.Tcp, FragmentOffset: 0 } &&
                ClampSegment(ipPacket[header4.HeaderLength..header4.TotalLength], mtu - Overhead4);
        }

        return Ipv6Header.TryRead(ipPacket, out var header6) &&
            header6.TryFindUpperLayer(ipPacket, out var protocol, out var offset) &&
            protocol == IpProtocol.Tcp &&
            ClampSegment(ipPacket[offset..(Ipv6Header.Size + header6.PayloadLength)], mtu - Overhead6);
    }

    private static bool ClampSegment(Span<byte> segment, int limit)
    {
        if (segment.Length < TcpHeader.MinSize || (segment[TcpHeader.FlagsOffset] & TcpHeader.Synchronize) == 0) return false;

        var headerLength = TcpHeader.LengthOf(segment);
        if (headerLength < TcpHeader.MinSize || headerLength > segment.Length) return false;

        for (var at = TcpHeader.MinSize; at < headerLength;)
        {
            if (segment[at] == EndOfOptions) return false;
            if (segment[at] == NoOperation)
            {
                at++;
                continue;
            }

            if (at + 2 > headerLength) return false;
            int length = segment[at + 1];
            if (length < 2 || at + length > headerLength) return false;
            if (segment[at] == MaximumSegmentSize) return length == MaximumSegmentSizeLength && Lower(segment, at + 2, limit);
            at += length;
        }

        return false;
    }

    private static bool Lower(Span<byte> segment, int at, int limit)
    {
        var announced = BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);
        if (announced <= limit || limit < 1) return false;

        var lowered = (ushort)limit;
        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], lowered);

        // At an odd offset the value straddles two of the checksum's words; swapping its bytes, before and after, gives
        // the same difference to the sum (RFC 1071 2(B), byte order independence).
        if ((at & 1) != 0)
        {
            announced = BinaryPrimitives.ReverseEndianness(announced);
            lowered = BinaryPrimitives.ReverseEndianness(lowered);
        }

        var checksum = segment.Slice(TcpHeader.ChecksumOffset, sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(
            checksum, InternetChecksum.Update(BinaryPrimitives.ReadUInt16BigEndian(checksum), announced, lowered));
        return true;
    }
}
