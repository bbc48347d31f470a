using System.Buffers.Binary;
using DnsProtocol;

namespace SstpGateway.Dns.Messages;

/// <summary>Writes what a client gets: the answer found, made to fit the query it asked.</summary>
/// <remarks>
/// AA and AD are always clear: this gateway is no authority and validates nothing, so it must not claim either
/// (RFC 4035 3.2.3). A client that wants to be sure sends DO and checks the signatures itself.
/// </remarks>
internal static class ClientAnswer
{
    /// <summary>The largest message that the length prefix of TCP allows (RFC 1035 4.2.2).</summary>
    public const int MaxTcpLength = ushort.MaxValue;

    /// <summary>An answer without records.</summary>
    public static byte[] Write(DnsQuery query, DnsResponseCode code) => WriteEmpty(query, code, DnsFlags.None);

    /// <summary>The answer with its times reduced by its age;
    /// cut down to a bare TC when longer than <paramref name="limit"/> bytes.</summary>
    /// <param name="answer">An answer to the query's key.</param>
    public static byte[] Write(DnsQuery query, DnsAnswer answer, TimeSpan age, int limit)
    {
        var ednsSize = query.Edns is null ? 0 : Edns.Size;
        var stored = answer.Message;
        if (stored.Length + ednsSize > limit) return WriteEmpty(query, answer.ResponseCode, DnsFlags.Truncated);

        var message = new byte[stored.Length + ednsSize];
        stored.CopyTo(message);
        DnsHeader.TryRead(stored, out var header);
        header = header with { Id = query.Id, Flags = Flags(query, answer.ResponseCode) };
        if (query.Edns is not null) header = header with { Additionals = (ushort)(header.Additionals + 1) };
        header.Write(message);
        query.Question.Span.CopyTo(message.AsSpan(DnsHeader.Size));    // the client's own spelling of the name

        var elapsed = (uint)Math.Max(0, age.TotalSeconds);
        foreach (var offset in answer.TtlOffsets)
        {
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(stored[offset..]);
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(offset), ttl > elapsed ? ttl - elapsed : 0);
        }

        WriteEdns(query, DnsResponseCode.NoError, message.AsSpan(stored.Length));
        return message;
    }

    private static byte[] WriteEmpty(DnsQuery query, DnsResponseCode code, DnsFlags further)
    {
        var question = query.Question.Span;
        var end = DnsHeader.Size + question.Length;
        var message = new byte[end + (query.Edns is null ? 0 : Edns.Size)];
        var questions = (ushort)(question.IsEmpty ? 0 : 1);
        new DnsHeader(query.Id, Flags(query, code) | further, questions, 0, 0, (ushort)(query.Edns is null ? 0 : 1))
            .Write(message);
        question.CopyTo(message.AsSpan(DnsHeader.Size));
        WriteEdns(query, code, message.AsSpan(end));
        return message;
    }

    // Opcode, RD and CD are the query's (RFC 1035 4.1.1, RFC 4035 3.1.6).
    private static DnsFlags Flags(DnsQuery query, DnsResponseCode code)
    {
        var kept = query.Flags & (DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled | (DnsFlags)0x7800);
        return kept | DnsFlags.Response | DnsFlags.RecursionAvailable | (DnsFlags)((ushort)code & 0xF);
    }

    private static void WriteEdns(DnsQuery query, DnsResponseCode code, Span<byte> destination)
    {
        if (query.Edns is { } asked)
            new Edns(Edns.OwnPayloadSize, (byte)((ushort)code >> 4), 0, asked.DnssecOk).Write(destination);
    }
}
