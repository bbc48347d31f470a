using System.Buffers.Binary;

namespace DnsProtocol;

/// <summary>What the OPT record says (RFC 6891 6.1.2, 6.1.3). Its options are hop by hop and not forwarded.</summary>
/// <param name="PayloadSize">The largest UDP message its sender can take, in bytes.</param>
/// <param name="ExtendedCode">The upper eight bits of the RCODE.</param>
/// <param name="DnssecOk">DO: signatures are wanted (RFC 3225).</param>
public readonly record struct Edns(ushort PayloadSize, byte ExtendedCode, byte Version, bool DnssecOk)
{
    /// <summary>The record without options, as it is written here.</summary>
    public const int Size = 11;

    /// <summary>What is announced and sent at most over UDP: fits IPv6's minimum MTU
    /// of 1280 unfragmented (DNS flag day 2020).</summary>
    public const ushort OwnPayloadSize = 1232;

    /// <summary>The limit for those who send no OPT (RFC 1035 2.3.4), and the least
    /// that an OPT can mean (RFC 6891 6.2.3).</summary>
    public const ushort MinPayloadSize = 512;

    private const uint DnssecOkBit = 0x8000;

    /// <summary>Reads the OPT record that <paramref name="record"/> is.</summary>
    public static Edns From(DnsRecord record) =>
        new(record.Class, (byte)(record.Ttl >> 24), (byte)(record.Ttl >> 16), (record.Ttl & DnssecOkBit) != 0);

    public void Write(Span<byte> destination)
    {
        destination[0] = 0;    // the root's name
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], DnsRecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], PayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(
            destination[5..], (uint)ExtendedCode << 24 | (uint)Version << 16 | (DnssecOk ? DnssecOkBit : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], 0);
    }
}
