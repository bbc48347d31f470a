using System.Collections.Immutable;
using DnsProtocol;

namespace SstpGateway.Dns.Messages;

/// <summary>An answer as it is kept: id zero, without OPT, with the places of its times.
/// Immutable, shared by all who ask.</summary>
internal sealed class DnsAnswer
{
    private readonly byte[] _message;

    private DnsAnswer(byte[] message, DnsHeader header, ImmutableArray<int> ttlOffsets, TimeSpan lifetime)
    {
        _message = message;
        ResponseCode = header.ResponseCode;
        TtlOffsets = ttlOffsets;
        Lifetime = lifetime;
    }

    public ReadOnlySpan<byte> Message => _message;

    public DnsResponseCode ResponseCode { get; }

    /// <summary>Where in <see cref="Message"/> the TTLs are, in order.</summary>
    public ImmutableArray<int> TtlOffsets { get; }

    /// <summary>How long it may be kept; zero: not at all.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Judges a message that came in reply to <paramref name="query"/>.</summary>
    /// <param name="answer">Set for <see cref="AnswerVerdict.Answered"/>, and for <see cref="AnswerVerdict.Failed"/>
    /// when the error repeats the question.</param>
    public static AnswerVerdict Read(ReadOnlySpan<byte> message, UpstreamQuery query, out DnsAnswer? answer)
    {
        answer = null;
        if (!DnsHeader.TryRead(message, out var header) || !header.IsResponse || header.Id != query.Id ||
            header.Opcode != DnsFlags.None)
            return AnswerVerdict.Unrelated;

        var mayLackEdns = query.WithEdns && header.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented;
        if (header.Questions == 0 && IsFailure(header.ResponseCode))    // some servers repeat nothing of what they did not like
            return mayLackEdns ? AnswerVerdict.EdnsNotUnderstood : AnswerVerdict.Failed;

        if (header.Questions != 1 || !DnsQuestion.TryRead(message, out var question, out var end) ||
            question.Type != query.Key.Type || question.Class != DnsQuestion.Internet ||
            !DnsName.AreEqual(question.Name, query.Name, exact: false))
            return AnswerVerdict.Unrelated;

        if (!DnsName.AreEqual(question.Name, query.Name, exact: true)) return AnswerVerdict.CaseDiffers;
        if (header.Flags.HasFlag(DnsFlags.Truncated)) return AnswerVerdict.Truncated;
        if (mayLackEdns) return AnswerVerdict.EdnsNotUnderstood;

        return ReadRecords(message, header, end, query, out answer);
    }

    private static AnswerVerdict ReadRecords(
        ReadOnlySpan<byte> message, DnsHeader header, int end, UpstreamQuery query, out DnsAnswer? answer)
    {
        answer = null;
        var ttlOffsets = ImmutableArray.CreateBuilder<int>();
        var records = new DnsRecordWalker(message, header, end);
        var kept = header with { Id = 0, Additionals = 0 };
        var hasOpt = false;
        while (records.TryNext(out var record))
        {
            if (record.Type == DnsRecordType.Opt)
            {
                if (record.Section != DnsSection.Additional || hasOpt) return AnswerVerdict.Malformed;
                if (Edns.From(record).ExtendedCode != 0)
                    return query.WithEdns ? AnswerVerdict.EdnsNotUnderstood : AnswerVerdict.Malformed;

                hasOpt = true;
            }

            // OPT goes, and what additional records follow it: names later in the message
            // may point into them, and only backwards.
            if (hasOpt) continue;

            end = records.Offset;
            ttlOffsets.Add(record.TtlOffset);
            if (record.Section == DnsSection.Additional) kept = kept with { Additionals = (ushort)(kept.Additionals + 1) };
        }

        if (!records.IsAtEnd) return AnswerVerdict.Malformed;

        var stored = message[..end].ToArray();
        kept.Write(stored);
        answer = new DnsAnswer(stored, kept, ttlOffsets.ToImmutable(), AnswerLifetime.Of(stored));
        return IsFailure(header.ResponseCode) ? AnswerVerdict.Failed : AnswerVerdict.Answered;
    }

    private static bool IsFailure(DnsResponseCode code) => code is not (DnsResponseCode.NoError or DnsResponseCode.NameError);
}
