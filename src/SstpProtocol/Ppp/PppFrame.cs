using System.Buffers.Binary;

namespace SstpProtocol.Ppp;

/// <summary>The PPP header in front of every packet inside SSTP: no flags, no escaping, no checksum (MS-SSTP 2.2.3).</summary>
/// <remarks>
///   FF 03 | protocol, 2 bytes in network order | packet
/// A peer may leave out FF 03 (address and control field compression, RFC 1661 6.6) and the first protocol byte where it
/// is zero (protocol field compression, 6.5), whether or not that was negotiated.
/// </remarks>
public static class PppFrame
{
    /// <summary>What <see cref="WriteHeader"/> writes, in bytes.</summary>
    public const int HeaderSize = 4;

    private const byte AllStations = 0xFF;
    private const byte UnnumberedInformation = 0x03;

    /// <param name="payloadOffset">
    /// Where the packet begins in <paramref name="frame"/>; its length if the packet is empty.
    /// </param>
    /// <returns>False when the frame ends inside its header or the protocol number breaks RFC 1661 section 2.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out PppProtocol protocol, out int payloadOffset)
    {
        protocol = default;
        payloadOffset = 0;

        var offset = frame is [AllStations, UnnumberedInformation, ..] ? 2 : 0;
        if (offset >= frame.Length) return false;

        // The last byte of a protocol number is odd and all others are even, so the first odd one ends it.
        var first = frame[offset];
        if (IsLastByte(first))
        {
            // A one-byte FF stands for 00FF, which RFC 1661 keeps unassigned so that FF 03 is never ambiguous.
            if (first == AllStations) return false;
            protocol = (PppProtocol)first;
            payloadOffset = offset + 1;
            return true;
        }

        if (frame.Length < offset + 2 || !IsLastByte(frame[offset + 1])) return false;
        protocol = (PppProtocol)BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
        payloadOffset = offset + 2;
        return true;
    }

    /// <summary>Writes the full header; some clients expect the packet at a fixed place, so it is never compressed.</summary>
    /// <param name="destination">At least <see cref="HeaderSize"/> bytes.</param>
    public static void WriteHeader(Span<byte> destination, PppProtocol protocol)
    {
        destination[0] = AllStations;
        destination[1] = UnnumberedInformation;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)protocol);
    }

    private static bool IsLastByte(byte octet) => (octet & 1) != 0;
}
