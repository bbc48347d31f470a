using System.Buffers.Binary;

namespace SstpProtocol.Sstp.Messages;

/// <summary>One attribute of a control message (MS-SSTP 2.2.4), borrowing the packet's bytes.</summary>
/// <remarks>
/// <code>
///   byte 0     byte 1   bytes 2-3, network order   then
///   reserved | id     | reserved:4  length:12    | value
/// </code>
/// </remarks>
public readonly ref struct SstpAttribute
{
    public const int HeaderSize = 4;

    private SstpAttribute(SstpAttributeId id, ReadOnlySpan<byte> value)
    {
        Id = id;
        Value = value;
    }

    public SstpAttributeId Id { get; }

    /// <summary>What follows the attribute header.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Header and value, in bytes.</summary>
    public int Length => HeaderSize + Value.Length;

    /// <returns>False when the length is below that of the header or reaches past the source.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out SstpAttribute attribute)
    {
        attribute = default;
        if (source.Length < HeaderSize) return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(source[2..]) & SstpHeader.MaxLength;
        if (length < HeaderSize || length > source.Length) return false;

        attribute = new SstpAttribute((SstpAttributeId)source[1], source[HeaderSize..length]);
        return true;
    }

    /// <param name="length">Header included.</param>
    internal static void WriteHeader(Span<byte> destination, SstpAttributeId id, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
        destination[1] = (byte)id;
        destination[0] = 0;
    }
}
