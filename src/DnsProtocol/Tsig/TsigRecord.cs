using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DnsProtocol.Tsig;

/// <summary>The data of a TSIG record (RFC 8945 4.2).</summary>
/// <remarks>
///   algorithm name | time signed:48 | fudge:16 | MAC size:16 | MAC | original id:16 | error:16 | other size:16 | other
/// </remarks>
/// <param name="TimeSigned">In whole seconds.</param>
/// <param name="Fudge">How far the clocks may be apart.</param>
/// <param name="Other">For BADTIME the server's own time in 6 bytes; else empty.</param>
public sealed record TsigRecord(
    string AlgorithmName, DateTimeOffset TimeSigned, TimeSpan Fudge, ReadOnlyMemory<byte> Mac,
    ushort OriginalId, TsigError Error, ReadOnlyMemory<byte> Other)
{
    // 48 bits of seconds reach beyond the year 9999, the last that a date can have here.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The server's clock as it says it in a BADTIME answer.</summary>
    public DateTimeOffset? ServerTime =>
        Error == TsigError.BadTime && Other.Length == 6 && TryReadTime(Other.Span, out var time) ? time : null;

    /// <summary>Reads the data that starts at <paramref name="offset"/>
    /// and fills the rest of <paramref name="message"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int offset, [NotNullWhen(true)] out TsigRecord? record)
    {
        record = null;
        if (!DnsName.TryReadText(message, offset, out var algorithm, out var end)) return false;

        var rest = message[end..];
        if (rest.Length < 16 || !TryReadTime(rest, out var time)) return false;

        var fudge = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]);
        var macSize = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (rest.Length < 16 + macSize) return false;

        var mac = rest.Slice(10, macSize).ToArray();
        rest = rest[(10 + macSize)..];
        if (rest.Length != 6 + BinaryPrimitives.ReadUInt16BigEndian(rest[4..])) return false;

        record = new TsigRecord(
            algorithm,
            time,
            TimeSpan.FromSeconds(fudge),
            mac,
            BinaryPrimitives.ReadUInt16BigEndian(rest),
            (TsigError)BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            rest[6..].ToArray());
        return true;
    }

    /// <summary>The record's data.</summary>
    internal byte[] ToData() =>
        [
            .. DnsMessageWriter.NameData(AlgorithmName), .. TimeAndFudge(), .. Number(Mac.Length), .. Mac.Span,
            .. Number(OriginalId), .. Number((ushort)Error), .. Number(Other.Length), .. Other.Span,
        ];

    /// <summary>What of the record is signed, in the order of RFC 8945 4.3.3.</summary>
    internal byte[] ToVariables(string keyName) =>
        [
            .. DnsMessageWriter.NameData(keyName), .. Number(DnsQuestion.Any), 0, 0, 0, 0,
            .. DnsMessageWriter.NameData(AlgorithmName), .. TimeAndFudge(),
            .. Number((ushort)Error), .. Number(Other.Length), .. Other.Span,
        ];

    internal byte[] TimeAndFudge()
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteInt64BigEndian(bytes, TimeSigned.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), (ushort)Fudge.TotalSeconds);
        return bytes[2..];
    }

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];

    private static bool TryReadTime(ReadOnlySpan<byte> six, out DateTimeOffset time)
    {
        var seconds = (long)BinaryPrimitives.ReadUInt16BigEndian(six) << 32 | BinaryPrimitives.ReadUInt32BigEndian(six[2..]);
        time = seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return seconds <= LastSecond;
    }
}
