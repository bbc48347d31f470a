using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Dns.Serving;

/// <summary>One client's connection: queries behind two bytes of length, answered as each is ready,
/// in any order (RFC 7766 6.2.1.1, 7).</summary>
internal sealed class DnsTcpConnection(
    Socket socket, IPAddress client, QueryAnswerer answerer, TimeSpan idleTimeout, TimeProvider clock)
    : IDisposable
{
    private const int PrefixSize = 2;

    // A question and an OPT with options; no client has use for more.
    private const int MaxQueryLength = 4096;

    // Answers that a client may leave unread; then nothing more is read from it.
    private const int MaxPipelined = 64;

    private readonly OpenWork _answers = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _room = new(MaxPipelined, MaxPipelined);

    /// <summary>Serves until the client closes, idles too long, or sends what cannot be a query.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await ReadQueriesAsync(broken, stopping);
        }
        finally
        {
            // A client that has shut down its side still gets what it asked for.
            await _answers.WhenDoneAsync();
        }
    }

    public void Dispose()
    {
        _sending.Dispose();
        _room.Dispose();
    }

    private async Task ReadQueriesAsync(CancellationTokenSource broken, CancellationToken stopping)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket);
        var prefix = new byte[PrefixSize];
        while (true)
        {
            using var idle = new CancellationTokenSource(idleTimeout, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, broken.Token);
            await _room.WaitAsync(limit.Token);
            if (await stream.ReadAtLeastAsync(prefix, PrefixSize, throwOnEndOfStream: false, limit.Token) < PrefixSize) return;

            var length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
            if (length > MaxQueryLength) return;

            var message = new byte[length];
            await stream.ReadExactlyAsync(message, limit.Token);
            _answers.Add(AnswerAsync(message, broken, stopping));
        }
    }

    // Waiting for the answer ends with the forwarder, not with this connection: others may wait for the same one.
    private async Task AnswerAsync(byte[] message, CancellationTokenSource broken, CancellationToken stopping)
    {
        try
        {
            var answer = await answerer.AnswerAsync(message, client, byTcp: true, stopping);
            if (answer is not null) await SendAsync(answer, broken.Token);
            _room.Release();
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            await broken.CancelAsync();    // one answer that cannot be sent whole spoils the stream for all
        }
    }

    private async Task SendAsync(byte[] answer, CancellationToken broken)
    {
        using var slow = new CancellationTokenSource(idleTimeout, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, broken);
        var framed = new byte[PrefixSize + answer.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
        answer.CopyTo(framed, PrefixSize);

        await _sending.WaitAsync(limit.Token);
        try
        {
            for (var sent = 0; sent < framed.Length;)
                sent += await socket.SendAsync(framed.AsMemory(sent), SocketFlags.None, limit.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
