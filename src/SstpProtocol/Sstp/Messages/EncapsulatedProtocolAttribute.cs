using System.Buffers.Binary;

namespace SstpProtocol.Sstp.Messages;

/// <summary>Encapsulated Protocol ID (MS-SSTP 2.2.5): a 16-bit number in network order.</summary>
public readonly record struct EncapsulatedProtocolAttribute(EncapsulatedProtocol Protocol)
{
    /// <summary>Attribute header included.</summary>
    public const int Length = SstpAttribute.HeaderSize + ValueLength;

    private const int ValueLength = 2;

    /// <returns>False when the value is not two octets.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out EncapsulatedProtocolAttribute attribute)
    {
        attribute = default;
        if (value.Length != ValueLength) return false;
        attribute = new EncapsulatedProtocolAttribute((EncapsulatedProtocol)BinaryPrimitives.ReadUInt16BigEndian(value));
        return true;
    }

    internal void Write(Span<byte> destination)
    {
        SstpAttribute.WriteHeader(destination, SstpAttributeId.EncapsulatedProtocol, Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[SstpAttribute.HeaderSize..], (ushort)Protocol);
    }
}
