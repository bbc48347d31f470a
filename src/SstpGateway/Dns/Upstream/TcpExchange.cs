using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SstpGateway.Dns.Messages;

namespace SstpGateway.Dns.Upstream;

/// <summary>One question to one server by TCP, on a connection of its own (RFC 7766).</summary>
internal static class TcpExchange
{
    private const int PrefixSize = 2;

    public static async ValueTask<Exchange> AskAsync(IPEndPoint server, UpstreamQuery query, CancellationToken timeout)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, timeout);
        await using var stream = new NetworkStream(socket);

        var question = new byte[PrefixSize + UpstreamQuery.MaxLength];
        var length = query.Write(question.AsSpan(PrefixSize));
        BinaryPrimitives.WriteUInt16BigEndian(question, (ushort)length);
        await stream.WriteAsync(question.AsMemory(0, PrefixSize + length), timeout);

        var prefix = new byte[PrefixSize];
        await stream.ReadExactlyAsync(prefix, timeout);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, timeout);

        return DnsAnswer.Read(message, query, out var answer) switch
        {
            AnswerVerdict.Answered => new Exchange(ExchangeOutcome.Answered, answer),
            AnswerVerdict.EdnsNotUnderstood => new Exchange(ExchangeOutcome.UseNoEdns, null),
            _ => new Exchange(ExchangeOutcome.Failed, answer),
        };
    }
}
