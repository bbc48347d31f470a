using System.Buffers.Binary;

namespace SstpGateway.Dns.Messages;

/// <summary>What is asked (RFC 1035 4.1.2). Borrows the message's bytes.</summary>
internal readonly ref struct DnsQuestion(ReadOnlySpan<byte> name, ushort type, ushort recordClass)
{
    /// <summary>The Internet (RFC 1035 3.2.4), the only class that is forwarded.</summary>
    public const ushort Internet = 1;

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
