using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Dhcp;

/// <summary>Lengths of IPv4 and UDP that fit the packet, and no UDP checksum (RFC 768: zero means none).</summary>
internal static class UdpRepair
{
    public static void Apply(Span<byte> packet)
    {
        if (packet.Length < Ipv4Header.MinSize + UdpDatagram.HeaderSize) return;
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[24..], (ushort)(packet.Length - Ipv4Header.MinSize));
        BinaryPrimitives.WriteUInt16BigEndian(packet[26..], 0);
    }
}
