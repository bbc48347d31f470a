using System.Buffers.Binary;
using DnsProtocol;

namespace SstpGateway.Dns.Messages;

/// <summary>How long an answer may be kept (RFC 1035 7.3, RFC 2308 5, RFC 2181 5.2 and 8).</summary>
internal static class AnswerLifetime
{
    /// <summary>Longer promises are cut to a day: what is kept is data of a network that people administer.</summary>
    public const uint MaxPositive = 86_400;

    /// <summary>Three hours, the upper end of what RFC 2308 5 found to work.</summary>
    public const uint MaxNegative = 10_800;

    /// <summary>The time for which a well-formed message may be kept; zero for errors,
    /// referrals and whatever says so itself.</summary>
    public static TimeSpan Of(ReadOnlySpan<byte> message)
    {
        if (!DnsHeader.TryRead(message, out var header) || !DnsQuestion.TryRead(message, out var question, out var offset) ||
            header.Flags.HasFlag(DnsFlags.Truncated) ||
            header.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
            return TimeSpan.Zero;

        var seconds = MaxPositive;
        uint? negative = null;
        var hasData = false;
        var records = new DnsRecordWalker(message, header, offset);
        while (records.TryNext(out var record))
        {
            seconds = Math.Min(seconds, record.EffectiveTtl);
            hasData |= record.Section == DnsSection.Answer
                && (record.Type == question.Type || question.Type == DnsRecordType.Any);
            if (record is { Section: DnsSection.Authority, Type: DnsRecordType.Soa }
                && TryReadMinimum(message, record, out var minimum))
                negative = Math.Min(record.EffectiveTtl, minimum);
        }

        if (!records.IsAtEnd) return TimeSpan.Zero;
        if (hasData && header.ResponseCode == DnsResponseCode.NoError) return TimeSpan.FromSeconds(seconds);

        // A denial without SOA says nothing about its time and must not be kept (RFC 2308 5).
        return negative is { } time ? TimeSpan.FromSeconds(Math.Min(MaxNegative, Math.Min(time, seconds))) : TimeSpan.Zero;
    }

    // SOA: two names, then serial, refresh, retry, expire, minimum of four bytes each (RFC 1035 3.3.13).
    private static bool TryReadMinimum(ReadOnlySpan<byte> message, DnsRecord soa, out uint minimum)
    {
        minimum = 0;
        var end = soa.DataOffset + soa.DataLength;
        if (!DnsName.TrySkip(message[..end], soa.DataOffset, out var second) ||
            !DnsName.TrySkip(message[..end], second, out var numbers) || end - numbers != 20)
            return false;

        minimum = BinaryPrimitives.ReadUInt32BigEndian(message[(numbers + 16)..]);
        return true;
    }
}
