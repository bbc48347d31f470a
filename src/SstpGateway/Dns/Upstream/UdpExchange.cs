using System.Buffers;
using System.Net;
using System.Net.Sockets;
using SstpGateway.Dns.Messages;

namespace SstpGateway.Dns.Upstream;

/// <summary>One question to one server by UDP.</summary>
internal static class UdpExchange
{
    // More than we announce, to read a server's answer that goes beyond it.
    private const int BufferSize = 4096;

    // Messages that match the connection but not the question. Late answers to retries are few; more is someone guessing.
    private const int MaxUnrelated = 8;

    /// <summary>Sends the query from a socket of its own and waits for the answer.</summary>
    /// <remarks>
    /// Linux draws the port of a socket that names none at random from ip_local_port_range; with the id and the name's case
    /// that is what a forger has to guess (RFC 5452). The socket is connected: other sources never reach it.
    /// </remarks>
    public static async ValueTask<Exchange> AskAsync(IPEndPoint server, UpstreamQuery query, CancellationToken timeout)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(server, timeout);
            await socket.SendAsync(buffer.AsMemory(0, query.Write(buffer)), timeout);
            for (var unrelated = 0; unrelated < MaxUnrelated; unrelated++)
            {
                var length = await socket.ReceiveAsync(buffer, timeout);
                var verdict = DnsAnswer.Read(buffer.AsSpan(0, length), query, out var answer);
                if (verdict != AnswerVerdict.Unrelated) return new Exchange(ToOutcome(verdict), answer);
            }

            return new Exchange(ExchangeOutcome.UseTcp, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ExchangeOutcome ToOutcome(AnswerVerdict verdict) => verdict switch
    {
        AnswerVerdict.Answered => ExchangeOutcome.Answered,
        AnswerVerdict.CaseDiffers or AnswerVerdict.Truncated => ExchangeOutcome.UseTcp,
        AnswerVerdict.EdnsNotUnderstood => ExchangeOutcome.UseNoEdns,
        _ => ExchangeOutcome.Failed,
    };
}
