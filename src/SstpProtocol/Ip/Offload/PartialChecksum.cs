using System.Buffers.Binary;

namespace SstpProtocol.Ip.Offload;

/// <summary>A transport checksum that the kernel left for the device to finish.</summary>
internal static class PartialChecksum
{
    /// <summary>Completes it in place.</summary>
    /// <param name="packet">Its field holds the folded sum of the pseudo-header.</param>
    /// <param name="start">Where the checksum begins to cover the packet.</param>
    /// <param name="offset">Where its field is, from there.</param>
    /// <returns>False when the field is not inside the packet.</returns>
    public static bool TryComplete(Span<byte> packet, int start, int offset)
    {
        if (start + offset + sizeof(ushort) > packet.Length) return false;
        var checksum = InternetChecksum.Of(packet[start..]);
        // All ones and zero are the same number here, and UDP reserves zero for "none" (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(packet[(start + offset)..], checksum == 0 ? (ushort)0xFFFF : checksum);
        return true;
    }
}
