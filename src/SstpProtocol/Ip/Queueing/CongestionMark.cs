using System.Buffers.Binary;

namespace SstpProtocol.Ip.Queueing;

/// <summary>Explicit congestion notification (RFC 3168): says "slow down" without losing a packet.</summary>
public static class CongestionMark
{
    private const int Experienced = 3; // CE, both bits

    /// <summary>Marks a packet whose ends understand the mark.</summary>
    /// <returns>False when they do not (Not-ECT), and the packet must be dropped to say the same.</returns>
    public static bool TryMark(Span<byte> packet)
    {
        if (packet.Length >= Ipv4Header.MinSize && packet[0] >> 4 == 4)
        {
            var before = BinaryPrimitives.ReadUInt16BigEndian(packet);
            if ((before & Experienced) == 0) return false;
            var after = (ushort)(before | Experienced);
            BinaryPrimitives.WriteUInt16BigEndian(packet, after);
            var checksum = packet[Ipv4Header.ChecksumOffset..];
            BinaryPrimitives.WriteUInt16BigEndian(
                checksum, InternetChecksum.Update(BinaryPrimitives.ReadUInt16BigEndian(checksum), before, after));
            return true;
        }

        // Traffic class: 4 bits in the first byte, 4 in the second; the mark is its lowest two (RFC 8200 7).
        if (packet.Length < Ipv6Header.Size || packet[0] >> 4 != 6 || (packet[1] & (Experienced << 4)) == 0) return false;
        packet[1] |= Experienced << 4;
        return true;
    }
}
