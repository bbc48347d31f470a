using System.Buffers.Binary;

namespace SstpProtocol.Sstp.Messages;

/// <summary>A control packet of any type (MS-SSTP 2.2.2), borrowing the packet's bytes.</summary>
/// <remarks>
/// <code>
///   bytes 0-3    bytes 4-5      bytes 6-7          then
///   SstpHeader | message type | num attributes   | attributes
/// </code>
/// </remarks>
public readonly ref struct ControlMessage
{
    /// <summary>Header, type and number of attributes: the shortest control packet.</summary>
    public const int HeaderSize = SstpHeader.Size + 4;

    private ControlMessage(SstpMessageType type, SstpAttributes attributes, ReadOnlySpan<byte> packet)
    {
        Type = type;
        Attributes = attributes;
        Packet = packet;
    }

    public SstpMessageType Type { get; }

    public SstpAttributes Attributes { get; }

    /// <summary>The whole packet as received, header included: what the compound MAC is computed over.</summary>
    public ReadOnlySpan<byte> Packet { get; }

    /// <summary>The type alone, even of a packet whose attributes are not well-formed.</summary>
    /// <param name="packet">A whole control packet, header included.</param>
    public static SstpMessageType TypeOf(ReadOnlySpan<byte> packet) =>
        packet.Length < HeaderSize
            ? SstpMessageType.None
            : (SstpMessageType)BinaryPrimitives.ReadUInt16BigEndian(packet[SstpHeader.Size..]);

    /// <param name="packet">A whole control packet, header included, whose header has been read.</param>
    /// <returns>False when it is shorter than a control packet can be or its attributes do not fill it exactly.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out ControlMessage message)
    {
        message = default;
        if (packet.Length < HeaderSize) return false;

        var count = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        if (!SstpAttributes.TryRead(packet[HeaderSize..], count, out var attributes)) return false;

        message = new ControlMessage(TypeOf(packet), attributes, packet);
        return true;
    }

    /// <param name="destination">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="length">Of the whole packet.</param>
    internal static void WriteHeader(Span<byte> destination, SstpMessageType type, int attributeCount, int length)
    {
        new SstpHeader(IsControl: true, length).Write(destination);
        BinaryPrimitives.WriteUInt16BigEndian(destination[SstpHeader.Size..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)attributeCount);
    }
}
