using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SstpGateway.Dns.Messages;
using SstpTransport.Pumping;

namespace SstpGateway.Dns.Upstream;

/// <summary>Gets the answer to a question from one of several servers, or finds out that none has it.</summary>
internal sealed class UpstreamClient(DnsForwarderSettings settings, DnsCounters counters, ILogger logger, MonotonicClock clock)
{
    private readonly SuspectServers _suspects = new(settings.SuspectTime);
    private int _openQuestions;

    /// <summary>Asks the servers in order, the silent ones again, until one answers or the deadline has passed.</summary>
    /// <returns>Null when no server said anything that can be passed on.</returns>
    public async Task<DnsAnswer?> AskAsync(AnswerKey key, IReadOnlyList<IPEndPoint> servers, CancellationToken stopping)
    {
        try
        {
            if (Interlocked.Increment(ref _openQuestions) > settings.OpenQuestions) return null;

            using var elapsed = new CancellationTokenSource(settings.QueryDeadline, clock.Time);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, stopping);
            var answer = await AskInTurnAsync(key, servers, deadline.Token);
            stopping.ThrowIfCancellationRequested();
            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref _openQuestions);
        }
    }

    private async Task<DnsAnswer?> AskInTurnAsync(AnswerKey key, IReadOnlyList<IPEndPoint> servers, CancellationToken deadline)
    {
        DnsAnswer? failure = null;
        var remaining = _suspects.Order(servers, clock.Now);
        while (remaining.Count > 0)
        {
            var silent = new List<IPEndPoint>();
            foreach (var server in remaining)
            {
                var exchange = await AskServerAsync(key, server, deadline);
                if (exchange.Outcome == ExchangeOutcome.Answered) return exchange.Answer;
                if (deadline.IsCancellationRequested) return failure;

                failure = exchange.Answer ?? failure;
                if (exchange.Outcome == ExchangeOutcome.Silent) silent.Add(server);
            }

            remaining = silent;
        }

        return failure;
    }

    private async Task<Exchange> AskServerAsync(AnswerKey key, IPEndPoint server, CancellationToken deadline)
    {
        try
        {
            var exchange = await AskByUdpThenTcpAsync(key, server, withEdns: true, deadline);
            if (exchange.Outcome == ExchangeOutcome.UseNoEdns)
                exchange = await AskByUdpThenTcpAsync(key, server, withEdns: false, deadline);
            if (_suspects.Acquit(server)) DnsLog.ServerAnswersAgain(logger, server);
            return exchange;
        }
        catch (OperationCanceledException)
        {
            counters.CountUpstreamTimeout();
            if (!deadline.IsCancellationRequested && _suspects.Accuse(server, clock.Now))
                DnsLog.ServerSilent(logger, server, settings.SuspectTime);
            return new Exchange(ExchangeOutcome.Silent, null);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Port unreachable, no route, connection refused or reset: known at once, so the next server is asked at once.
            if (_suspects.Accuse(server, clock.Now)) DnsLog.ServerSilent(logger, server, settings.SuspectTime);
            return new Exchange(ExchangeOutcome.Failed, null);
        }
    }

    private async Task<Exchange> AskByUdpThenTcpAsync(AnswerKey key, IPEndPoint server, bool withEdns, CancellationToken deadline)
    {
        using var elapsed = new CancellationTokenSource(settings.AttemptTimeout, clock.Time);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, deadline);
        counters.CountUpstreamQuery();
        var exchange = await UdpExchange.AskAsync(server, NewQuery(key, withEdns, settings.MixCase), timeout.Token);
        if (exchange.Outcome != ExchangeOutcome.UseTcp) return exchange;

        counters.CountUpstreamQuery();
        return await TcpExchange.AskAsync(server, NewQuery(key, withEdns, mixCase: false), timeout.Token);
    }

    private static UpstreamQuery NewQuery(AnswerKey key, bool withEdns, bool mixCase)
    {
        Span<byte> randomness = stackalloc byte[UpstreamQuery.RandomBytes];
        RandomNumberGenerator.Fill(randomness);
        return UpstreamQuery.Create(key, withEdns, mixCase, randomness);
    }
}
