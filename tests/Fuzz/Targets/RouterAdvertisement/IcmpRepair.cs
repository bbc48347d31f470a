using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace Fuzz.Targets.RouterAdvertisement;

/// <summary>A payload length that fits the packet, and the right ICMPv6 checksum.</summary>
internal static class IcmpRepair
{
    public static void Apply(Span<byte> packet)
    {
        if (packet.Length < Ipv6Header.Size + 8) return;
        var message = packet[Ipv6Header.Size..];
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        var sum = InternetChecksum.PseudoHeader6(packet[8..40], IpProtocol.Icmpv6, message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Finish(InternetChecksum.Add(sum, message)));
    }
}
