using System.Net;
using DnsProtocol;
using GatewayConfig.Dns;
using SstpGateway.Dns.Messages;

namespace SstpGateway.Dns.Serving;

/// <summary>From a client's message to what is sent back, whichever way it came.</summary>
internal sealed class QueryAnswerer(ResolverSource resolvers, Func<DnsConfig> current, DnsCounters counters)
{
    private readonly ClientLimiter _limiter = new(int.MaxValue);

    /// <summary>Answers at once what needs no server.</summary>
    /// <param name="byTcp">No limit of size but TCP's own.</param>
    /// <returns>Null when there is nothing to send.</returns>
    public async ValueTask<byte[]?> AnswerAsync(
        ReadOnlyMemory<byte> message, IPAddress client, bool byTcp, CancellationToken stopping)
    {
        counters.CountQuery();
        var verdict = DnsQuery.Read(message.Span, out var query);
        if (query is null) return null;
        if (verdict != QueryVerdict.Resolve) return ClientAnswer.Write(query, ToResponseCode(verdict));

        var limit = byTcp ? ClientAnswer.MaxTcpLength : query.UdpLimit;
        var resolver = resolvers.Current;
        if (resolver.TryAnswerFromCache(query.Key, out var kept, out var age))
        {
            counters.CountCacheHit();
            return ClientAnswer.Write(query, kept!, age, limit);
        }

        if (!_limiter.TryEnter(client, current().MaxQueriesPerClient))
        {
            counters.CountRefusal();
            return ClientAnswer.Write(query, DnsResponseCode.Refused);
        }

        try
        {
            var answer = await resolver.ResolveAsync(query.Key, stopping);
            if (answer is null)
            {
                counters.CountFailure();
                return ClientAnswer.Write(query, DnsResponseCode.ServerFailure);
            }

            counters.CountForwarded();
            return ClientAnswer.Write(query, answer, TimeSpan.Zero, limit);
        }
        finally
        {
            _limiter.Leave(client);
        }
    }

    private static DnsResponseCode ToResponseCode(QueryVerdict verdict) => verdict switch
    {
        QueryVerdict.NotImplemented => DnsResponseCode.NotImplemented,
        QueryVerdict.BadVersion => DnsResponseCode.BadVersion,
        QueryVerdict.Refuse => DnsResponseCode.Refused,
        _ => DnsResponseCode.FormatError,
    };
}
