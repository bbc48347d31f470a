using System.Buffers.Binary;

namespace DnsProtocol;

/// <summary>What is asked (RFC 1035 4.1.2). Borrows the message's bytes.</summary>
public readonly ref struct DnsQuestion(ReadOnlySpan<byte> name, ushort type, ushort recordClass)
{
    /// <summary>The Internet (RFC 1035 3.2.4), the only class that is forwarded and published.</summary>
    public const ushort Internet = 1;

    /// <summary>CHAOS, in which some servers say who asks.</summary>
    public const ushort Chaos = 3;

    /// <summary>NONE: in an UPDATE, a record or set that must not be there (RFC 2136 2.4, 2.5).</summary>
    public const ushort None = 254;

    /// <summary>ANY: in an UPDATE, whatever its class; also the class of TSIG.</summary>
    public const ushort Any = 255;

    /// <summary>In wire form, never compressed: there is nothing before it to point at.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    public ushort Type { get; } = type;

    public ushort Class { get; } = recordClass;

    /// <summary>Reads the question after the header.</summary>
    /// <param name="end">The offset after it.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsQuestion question, out int end)
    {
        question = default;
        if (!DnsName.TrySkip(message, DnsHeader.Size, out end) || message.Length - end < 4) return false;

        question = new DnsQuestion(
            message[DnsHeader.Size..end],
            BinaryPrimitives.ReadUInt16BigEndian(message[end..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[(end + 2)..]));
        end += 4;
        return true;
    }
}
