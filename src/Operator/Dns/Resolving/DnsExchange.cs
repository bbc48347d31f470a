using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DnsProtocol;

namespace Operator.Dns.Resolving;

/// <summary>One message to one server and its reply: UDP, then TCP when the reply is cut off or the message is long.</summary>
/// <remarks>
/// A new socket, so a new port, for each message, and a random id: an answer has to come from the server asked, to that port,
/// with that id and that question. Others are passed over until the time is up.
/// </remarks>
public sealed class DnsExchange(TimeProvider time, TimeSpan patience, int attempts = 2)
{
    /// <summary>Longer messages go over TCP at once: a server without EDNS takes no more over UDP (RFC 1035 2.3.4).</summary>
    private const int MaxUdpMessage = 512;

    /// <summary>A fresh message id.</summary>
    public static ushort NewId() => BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(2));

    /// <summary>Asks a question.</summary>
    public Task<ExchangeResult> AskAsync(
        IPEndPoint server, string name, ushort type, bool recursive,
        CancellationToken stopping, ushort recordClass = DnsQuestion.Internet)
    {
        var writer = new DnsMessageWriter(NewId(), recursive ? DnsFlags.RecursionDesired : DnsFlags.None);
        writer.Question(name, type, recordClass);
        writer.Opt();
        return SendAsync(server, writer.ToArray(), stopping);
    }

    /// <summary>Sends a message as it is. Over UDP it is sent again when no reply comes,
    /// so it must be one that may arrive twice.</summary>
    public async Task<ExchangeResult> SendAsync(IPEndPoint server, byte[] message, CancellationToken stopping)
    {
        if (message.Length <= MaxUdpMessage)
        {
            for (var attempt = 1; ; attempt++)
            {
                var result = await TryAsync(server, message, OverUdpAsync, stopping);
                if (result.Reply is { } reply && !reply.Header.Flags.HasFlag(DnsFlags.Truncated)) return result;
                if (result.Reply is not null) break;
                if (attempt == attempts) return result;
            }
        }

        return await TryAsync(server, message, OverTcpAsync, stopping);
    }

    private async Task<ExchangeResult> TryAsync(
        IPEndPoint server, byte[] message,
        Func<IPEndPoint, byte[], CancellationToken, Task<ExchangeResult>> send, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline, patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await send(server, message, deadline.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new ExchangeResult(null, $"{server}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new ExchangeResult(null, $"{server}: no answer within {patience.TotalSeconds:0.#} s");
        }
    }

    private static async Task<ExchangeResult> OverUdpAsync(IPEndPoint server, byte[] message, CancellationToken stopping)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, stopping);
        await socket.SendAsync(message, stopping);
        var buffer = new byte[ushort.MaxValue];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, stopping);
            if (IsReplyTo(message, buffer.AsSpan(0, length), out var reply)) return new ExchangeResult(reply, null);
        }
    }

    private static async Task<ExchangeResult> OverTcpAsync(IPEndPoint server, byte[] message, CancellationToken stopping)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, stopping);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[2 + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        await stream.WriteAsync(framed, stopping);

        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, stopping);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(answer, stopping);
        return IsReplyTo(message, answer, out var reply)
            ? new ExchangeResult(reply, null)
            : new ExchangeResult(null, $"{server}: the answer over TCP is malformed, or to another question");
    }

    // An error may come without the question; anything else must repeat it.
    private static bool IsReplyTo(byte[] sent, ReadOnlySpan<byte> bytes, out DnsMessage? reply)
    {
        DnsHeader.TryRead(sent, out var header);
        if (!DnsMessage.TryRead(bytes, out reply) || !reply.Header.IsResponse || reply.Header.Id != header.Id) return false;
        if (reply.Header.Questions == 0) return true;

        return DnsMessage.TryRead(sent, out var asked) && asked.QuestionName == reply.QuestionName
            && asked.QuestionType == reply.QuestionType;
    }
}
