using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DnsProtocol;

/// <summary>The data of an SOA record (RFC 1035 3.3.13). Times are seconds.</summary>
/// <param name="Primary">MNAME.</param>
/// <param name="Minimum">How long a denial may be kept, at most the record's own TTL (RFC 2308 4).</param>
public sealed record SoaData(string Primary, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum)
{
    // Serial, refresh, retry, expire, minimum.
    private const int NumbersSize = 20;

    /// <summary>Reads the data that starts at <paramref name="offset"/>
    /// and fills the rest of <paramref name="message"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int offset, [NotNullWhen(true)] out SoaData? soa)
    {
        soa = null;
        if (!DnsName.TryReadText(message, offset, out var primary, out var mailbox) ||
            !DnsName.TrySkip(message, mailbox, out var numbers) || message.Length - numbers != NumbersSize)
            return false;

        var rest = message[numbers..];
        soa = new SoaData(
            primary,
            BinaryPrimitives.ReadUInt32BigEndian(rest),
            BinaryPrimitives.ReadUInt32BigEndian(rest[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(rest[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(rest[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(rest[16..]));
        return true;
    }
}
