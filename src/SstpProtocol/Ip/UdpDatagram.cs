using System.Buffers.Binary;

namespace SstpProtocol.Ip;

/// <summary>A whole UDP datagram inside an IPv4 packet (RFC 768).</summary>
/// <param name="payload">Borrowed from the packet.</param>
public readonly ref struct UdpDatagram(Ipv4Header ip, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
{
    /// <summary>Source port, destination port, length, checksum: 2 bytes each.</summary>
    public const int HeaderSize = UdpHeader.Size;

    public Ipv4Header Ip { get; } = ip;
    public ushort SourcePort { get; } = sourcePort;
    public ushort DestinationPort { get; } = destinationPort;
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <returns>False unless the packet is unfragmented IPv4 with a UDP datagram whose length
    /// fits and whose checksum, if any, is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ipPacket, out UdpDatagram datagram)
    {
        datagram = default;
        if (!Ipv4Header.TryRead(ipPacket, out var ip)
            || ip is not { Protocol: IpProtocol.Udp, FragmentOffset: 0, MoreFragments: false })
            return false;

        var udp = ipPacket[ip.HeaderLength..ip.TotalLength];
        if (udp.Length < HeaderSize) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        if (length < HeaderSize || length > udp.Length) return false;

        udp = udp[..length];
        var hasChecksum = BinaryPrimitives.ReadUInt16BigEndian(udp[6..]) != 0;
        var addresses = ipPacket.Slice(Ipv4Header.SourceOffset, 8);
        if (hasChecksum && InternetChecksum.Finish(InternetChecksum.Add(Pseudo(addresses, length), udp)) != 0) return false;

        datagram = new UdpDatagram(
            ip, BinaryPrimitives.ReadUInt16BigEndian(udp), BinaryPrimitives.ReadUInt16BigEndian(udp[2..]), udp[HeaderSize..]);
        return true;
    }

    /// <summary>Puts IPv4 and UDP headers in front of a payload that is already in place.</summary>
    /// <param name="packet">28 bytes of room, then the payload, to the end.</param>
    public static void WriteHeaders(Span<byte> packet, uint source, ushort sourcePort, uint target, ushort targetPort)
    {
        Ipv4Header.Write(packet, IpProtocol.Udp, source, target, packet.Length);
        var udp = packet[Ipv4Header.MinSize..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], targetPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], 0);

        var addresses = packet.Slice(Ipv4Header.SourceOffset, 8);
        var checksum = InternetChecksum.Finish(InternetChecksum.Add(Pseudo(addresses, udp.Length), udp));

        // 0 would mean "no checksum"; its other representation is sent instead (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }

    private static ulong Pseudo(ReadOnlySpan<byte> addresses, int length) =>
        InternetChecksum.PseudoHeader4(addresses, IpProtocol.Udp, length);
}
