using System.Buffers.Binary;

namespace SstpProtocol.Ip.Queueing;

/// <summary>A number that is the same for all packets of a flow, and mostly another for another flow.</summary>
public static class FlowHash
{
    /// <param name="packet">An IP packet; of any other only its first bytes count.</param>
    public static uint Of(ReadOnlySpan<byte> packet)
    {
        if (packet.Length >= Ipv4Header.MinSize && packet[0] >> 4 == 4)
        {
            var addresses = BinaryPrimitives.ReadUInt64LittleEndian(packet[Ipv4Header.SourceOffset..]);
            var header = (packet[0] & 0xF) * 4;
            var isWhole = (BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Header.FragmentOffsetOffset..]) & 0x3FFF) == 0;
            return Mix(addresses, Ports(packet, header, packet[Ipv4Header.ProtocolOffset], isWhole));
        }

        if (packet.Length < Ipv6Header.Size || packet[0] >> 4 != 6) return 0;
        var source = BinaryPrimitives.ReadUInt64LittleEndian(packet[Ipv6Header.SourceOffset..])
            ^ BinaryPrimitives.ReadUInt64LittleEndian(packet[(Ipv6Header.SourceOffset + 8)..]);
        var target = BinaryPrimitives.ReadUInt64LittleEndian(packet[(Ipv6Header.SourceOffset + 16)..])
            ^ BinaryPrimitives.ReadUInt64LittleEndian(packet[(Ipv6Header.SourceOffset + 24)..]);
        return Mix(
            source ^ ulong.RotateLeft(target, 32),
            Ports(packet, Ipv6Header.Size, packet[Ipv6Header.NextHeaderOffset], isWhole: true));
    }

    // Fragments but the first have no ports, so all of a fragmented datagram goes without; so does what has headers in between.
    private static ulong Ports(ReadOnlySpan<byte> packet, int at, byte protocol, bool isWhole) =>
        isWhole && (IpProtocol)protocol is IpProtocol.Tcp or IpProtocol.Udp && packet.Length >= at + sizeof(uint)
            ? ((ulong)protocol << 32) | BinaryPrimitives.ReadUInt32LittleEndian(packet[at..])
            : (ulong)protocol << 32;

    private static uint Mix(ulong left, ulong right)
    {
        // Two rounds of a multiplication by the golden ratio (Knuth, TAOCP 3, 6.4) spread neighbouring addresses and ports.
        var mixed = (left ^ (right * 0x9E37_79B9_7F4A_7C15)) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(mixed >> 32);
    }
}
