using System.Buffers.Binary;

namespace SstpProtocol.Ppp;

/// <summary>A packet of LCP or an NCP (RFC 1661 section 5). Borrows the bytes it was read from.</summary>
/// <remarks>   code, 1 byte | identifier, 1 byte | length, 2 bytes in network order, header included | data</remarks>
public readonly ref struct ControlPacket
{
    public const int HeaderSize = 4;

    private ControlPacket(ReadOnlySpan<byte> whole) => Whole = whole;

    /// <summary>Header and data, without the padding that may follow a packet.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    public ControlCode Code => (ControlCode)Whole[0];
    public byte Identifier => Whole[1];
    public ReadOnlySpan<byte> Data => Whole[HeaderSize..];

    /// <returns>
    /// False when the packet is shorter than its header or than its length field says; such packets are silently discarded.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out ControlPacket packet)
    {
        packet = default;
        if (source.Length < HeaderSize) return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        if (length < HeaderSize || length > source.Length) return false;

        packet = new ControlPacket(source[..length]);
        return true;
    }

    /// <param name="data">At most 65531 bytes.</param>
    public static byte[] Build(ControlCode code, byte identifier, ReadOnlySpan<byte> data)
    {
        var packet = new byte[HeaderSize + data.Length];
        packet[0] = (byte)code;
        packet[1] = identifier;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), checked((ushort)packet.Length));
        data.CopyTo(packet.AsSpan(HeaderSize));
        return packet;
    }
}
