using System.Buffers.Binary;

namespace SstpProtocol.Ppp.Authentication;

/// <summary>What PAP, CHAP and EAP packets share (RFC 1334 2.2, RFC 1994 4, RFC 3748 4).</summary>
/// <remarks>
///   byte 0   byte 1         bytes 2-3, network order    from byte 4
///   code   | identifier   | length of all, 4 and more | data
/// Octets after the length are padding of the data link and are left out of <see cref="Data"/>.
/// </remarks>
public readonly ref struct AuthenticationPacket
{
    public const int HeaderSize = 4;

    private AuthenticationPacket(byte code, byte identifier, ReadOnlySpan<byte> data)
    {
        Code = code;
        Identifier = identifier;
        Data = data;
    }

    public byte Code { get; }
    public byte Identifier { get; }
    public ReadOnlySpan<byte> Data { get; }

    /// <returns>False for a packet that is cut short or whose length field cannot be;
    /// all three protocols drop those silently.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out AuthenticationPacket packet)
    {
        packet = default;
        if (source.Length < HeaderSize) return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        if (length < HeaderSize || length > source.Length) return false;

        packet = new AuthenticationPacket(source[0], source[1], source[HeaderSize..length]);
        return true;
    }

    /// <exception cref="ArgumentException">The data does not fit the 16-bit length.</exception>
    public static byte[] Create(byte code, byte identifier, ReadOnlySpan<byte> data)
    {
        if (data.Length > ushort.MaxValue - HeaderSize) throw new ArgumentException("longer than a packet can be", nameof(data));

        var packet = new byte[HeaderSize + data.Length];
        packet[0] = code;
        packet[1] = identifier;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        data.CopyTo(packet.AsSpan(HeaderSize));
        return packet;
    }
}
