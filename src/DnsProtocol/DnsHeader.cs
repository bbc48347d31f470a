using System.Buffers.Binary;

namespace DnsProtocol;

/// <summary>The 12 bytes in front of every message (RFC 1035 4.1.1).</summary>
/// <remarks>
///   0-1 id | 2 QR:1 opcode:4 AA:1 TC:1 RD:1 | 3 RA:1 Z:1 AD:1 CD:1 RCODE:4
///   4-5 QDCOUNT | 6-7 ANCOUNT | 8-9 NSCOUNT | 10-11 ARCOUNT, all in network order
/// </remarks>
/// <param name="Flags">Bytes 2 and 3 whole: opcode and RCODE are in it, too.</param>
public readonly record struct DnsHeader(
    ushort Id, DnsFlags Flags, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals)
{
    public const int Size = 12;

    private const DnsFlags OpcodeMask = (DnsFlags)0x7800;
    private const DnsFlags ResponseCodeMask = (DnsFlags)0x000F;

    public bool IsResponse => Flags.HasFlag(DnsFlags.Response);

    /// <summary>The opcode where it stands in <see cref="Flags"/>; zero is QUERY.</summary>
    public DnsFlags Opcode => Flags & OpcodeMask;

    /// <summary>The lower four bits of the RCODE; EDNS may add more.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(Flags & ResponseCodeMask);

    /// <summary>Reads the header; false when there are fewer than 12 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsHeader header)
    {
        header = default;
        if (message.Length < Size) return false;

        header = new DnsHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            (DnsFlags)BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], Questions);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Answers);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], Additionals);
    }
}
