using System.Buffers.Binary;

namespace SstpProtocol.Ip.Offload;

/// <summary>A TCP segment or UDP datagram as a <see cref="PacketJoiner"/> looks at it:
/// which flow it is of, and whether it may be joined.</summary>
/// <param name="Flow">The flow it belongs to.</param>
/// <param name="Transport">Where the TCP or UDP header begins.</param>
/// <param name="Headers">Bytes of all headers: where the payload begins.</param>
/// <param name="MayJoin">It carries data and nothing that must stay as it is, and its checksum is right.</param>
internal readonly record struct FlowSegment(FlowKey Flow, int Transport, int Headers, bool MayJoin)
{
    private const int DontFragment = 0x4000;
    private const int FragmentMask = 0x3FFF; // MF and the offset

    /// <returns>False for what is of no flow that is known here: other protocols, fragments,
    /// options and extension headers, and the malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out FlowSegment segment)
    {
        segment = default;
        if (packet.IsEmpty) return false;
        return packet[0] switch
        {
            0x45 => TryReadIpv4(packet, out segment),
            >= 0x60 and <= 0x6F => TryReadIpv6(packet, out segment),
            _ => false,
        };
    }

    private static bool TryReadIpv4(ReadOnlySpan<byte> packet, out FlowSegment segment)
    {
        segment = default;
        if (packet.Length < Ipv4Header.MinSize
            || BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Header.TotalLengthOffset..]) != packet.Length)
            return false;

        int fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Header.FragmentOffsetOffset..]);
        if ((fragment & FragmentMask) != 0) return false;

        var protocol = (IpProtocol)packet[Ipv4Header.ProtocolOffset];
        var addresses = packet.Slice(Ipv4Header.SourceOffset, 8);
        var sum = InternetChecksum.PseudoHeader4(addresses, protocol, packet.Length - Ipv4Header.MinSize);
        // Without DF the identification counts (RFC 6864), and a joined packet would be given others.
        // The reserved bit stays with whoever set it.
        var mayJoin = fragment == DontFragment && InternetChecksum.Of(packet[..Ipv4Header.MinSize]) == 0;
        return TryReadTransport(
            packet, Ipv4Header.MinSize, protocol, default,
            BinaryPrimitives.ReadUInt64BigEndian(addresses), sum, mayJoin, out segment);
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> packet, out FlowSegment segment)
    {
        segment = default;
        if (packet.Length < Ipv6Header.Size
            || Ipv6Header.Size + BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv6Header.PayloadLengthOffset..]) != packet.Length)
            return false;

        var protocol = (IpProtocol)packet[Ipv6Header.NextHeaderOffset];
        var addresses = packet.Slice(Ipv6Header.SourceOffset, 32);
        var sum = InternetChecksum.PseudoHeader6(addresses, protocol, packet.Length - Ipv6Header.Size);
        return TryReadTransport(
            packet, Ipv6Header.Size, protocol, BinaryPrimitives.ReadUInt128BigEndian(addresses),
            BinaryPrimitives.ReadUInt128BigEndian(addresses[16..]), sum,
            true, out segment);
    }

    private static bool TryReadTransport(
        ReadOnlySpan<byte> packet, int transport, IpProtocol protocol, UInt128 source, UInt128 destination,
        ulong sum, bool mayJoin, out FlowSegment segment)
    {
        segment = default;
        var rest = packet[transport..];
        if (protocol == IpProtocol.Tcp && rest.Length >= TcpHeader.MinSize)
        {
            var headers = TcpHeader.LengthOf(rest);
            var flags = rest[TcpHeader.FlagsOffset];
            var isPlain = (flags & ~(TcpHeader.Push | TcpHeader.EcnEcho)) == TcpHeader.Acknowledge;
            mayJoin = mayJoin && isPlain && headers >= TcpHeader.MinSize && rest.Length > headers;
        }
        else if (protocol == IpProtocol.Udp && rest.Length >= UdpHeader.Size)
        {
            mayJoin = mayJoin && rest.Length > UdpHeader.Size
                && BinaryPrimitives.ReadUInt16BigEndian(rest[UdpHeader.LengthOffset..]) == rest.Length
                && BinaryPrimitives.ReadUInt16BigEndian(rest[UdpHeader.ChecksumOffset..]) != 0;
        }
        else
        {
            return false;
        }

        // A joined packet is given new checksums: one that was damaged on its way would pass as sound.
        // So each is looked at first.
        mayJoin = mayJoin && InternetChecksum.Finish(InternetChecksum.Add(sum, rest)) == 0;
        var payload = transport + (protocol == IpProtocol.Tcp ? TcpHeader.LengthOf(rest) : UdpHeader.Size);
        segment = new FlowSegment(
            new FlowKey(source, destination, BinaryPrimitives.ReadUInt32BigEndian(rest), protocol), transport, payload, mayJoin);
        return true;
    }
}
