using DnsProtocol;
namespace SstpGateway.Dns.Messages;

/// <summary>A client's query, as far as its answer depends on it.</summary>
/// <param name="Flags">Bytes 2 and 3 as sent.</param>
/// <param name="Question">The question section as sent, letters' case kept, to be echoed;
/// empty when it could not be read.</param>
/// <param name="Edns">Null when the client sent no OPT: then it must get none.</param>
internal sealed record DnsQuery(ushort Id, DnsFlags Flags, ReadOnlyMemory<byte> Question, AnswerKey Key, Edns? Edns)
{
    /// <summary>The largest UDP answer that this client takes and this gateway sends, in bytes.</summary>
    public int UdpLimit => Edns is { } edns
        ? Math.Clamp(edns.PayloadSize, DnsProtocol.Edns.MinPayloadSize, DnsProtocol.Edns.OwnPayloadSize)
        : DnsProtocol.Edns.MinPayloadSize;

    /// <summary>Reads a message that a client sent.</summary>
    /// <param name="query">Null only with <see cref="QueryVerdict.Ignore"/>;
    /// its key is set only with <see cref="QueryVerdict.Resolve"/>.</param>
    public static QueryVerdict Read(ReadOnlySpan<byte> message, out DnsQuery? query)
    {
        query = null;
        if (!DnsHeader.TryRead(message, out var header) || header.IsResponse) return QueryVerdict.Ignore;

        query = new DnsQuery(header.Id, header.Flags, default, default, null);
        if (header.Opcode != DnsFlags.None) return QueryVerdict.NotImplemented;
        if (header.Questions != 1 || !DnsQuestion.TryRead(message, out var question, out var end))
            return QueryVerdict.FormatError;

        query = query with { Question = message[DnsHeader.Size..end].ToArray() };
        if (header.Answers != 0 || !TryFindEdns(message, header, end, out var edns)) return QueryVerdict.FormatError;

        query = query with { Edns = edns };
        if (edns is { Version: > 0 }) return QueryVerdict.BadVersion;
        if (question.Class != DnsQuestion.Internet || !IsForwarded(question.Type)) return QueryVerdict.Refuse;

        var key = new AnswerKey(
            DnsName.ToKey(question.Name), question.Type, edns is { DnssecOk: true },
            header.Flags.HasFlag(DnsFlags.CheckingDisabled));
        query = query with { Key = key };
        return QueryVerdict.Resolve;
    }

    // OPT may be there once, in the additional section (RFC 6891 6.1.1).
    private static bool TryFindEdns(ReadOnlySpan<byte> message, DnsHeader header, int offset, out Edns? edns)
    {
        edns = null;
        var records = new DnsRecordWalker(message, header, offset);
        while (records.TryNext(out var record))
        {
            if (record.Type != DnsRecordType.Opt) continue;
            if (edns is not null || record.Section != DnsSection.Additional) return false;

            edns = DnsProtocol.Edns.From(record);
        }

        return records.IsAtEnd;
    }

    private static bool IsForwarded(ushort type) =>
        type is not (0 or DnsRecordType.Opt) &&
        (type is < DnsRecordType.FirstMeta or > DnsRecordType.LastMeta || type == DnsRecordType.Any);
}
