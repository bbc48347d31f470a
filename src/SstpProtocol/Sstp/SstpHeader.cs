using System.Buffers.Binary;

namespace SstpProtocol.Sstp;

/// <summary>The 4-byte header in front of every SSTP packet (MS-SSTP 2.2.1).</summary>
/// <remarks>
/// <code>
///   byte 0         byte 1            bytes 2-3, network order
///   version 0x10 | reserved:7  C:1 | reserved:4  length:12
/// </code>
/// </remarks>
/// <param name="IsControl">The C bit: a control packet (2.2.2) rather than PPP data (2.2.3).</param>
/// <param name="Length">Whole packet in bytes, header included; 4 to 4095.</param>
public readonly record struct SstpHeader(bool IsControl, int Length)
{
    public const int Size = 4;

    /// <summary>The largest value of the 12-bit length, header included.</summary>
    public const int MaxLength = 0xFFF;

    private const byte Version10 = 0x10;

    /// <returns>Malformed for another version or a length below 4: the stream cannot be delineated any more (3.1.5.1).</returns>
    public static ReadStatus TryRead(ReadOnlySpan<byte> source, out SstpHeader header)
    {
        header = default;
        // The version is judged as soon as it is there: a peer that speaks something else should not be waited for.
        if (source.Length > 0 && source[0] != Version10) return ReadStatus.Malformed;
        if (source.Length < Size) return ReadStatus.NeedMoreBytes;

        var length = BinaryPrimitives.ReadUInt16BigEndian(source[2..]) & MaxLength;
        if (length < Size) return ReadStatus.Malformed;

        header = new SstpHeader((source[1] & 1) != 0, length);
        return ReadStatus.Complete;
    }

    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length, MaxLength);

        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)Length);
        destination[1] = IsControl ? (byte)1 : (byte)0;
        destination[0] = Version10;
    }
}
