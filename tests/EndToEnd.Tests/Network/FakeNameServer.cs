using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Network;

/// <summary>Answers every question, over UDP, with one and the same address (RFC 1035 4),
/// and remembers what it was asked.</summary>
public sealed class FakeNameServer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _answer;
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    /// <param name="answer">IPv4; the data of the A record in every answer.</param>
    public FakeNameServer(NetworkNamespace @namespace, IPAddress address, IPAddress answer)
    {
        _answer = answer.GetAddressBytes();
        _socket = NamespaceEntry.Run(@namespace.Name, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 53));
            return socket;
        });
        _serving = ServeAsync();
    }

    /// <summary>The names it was asked for, in lower case, in the order of the questions.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(
                    buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                await _socket.SendToAsync(
                    Answer(buffer.AsSpan(0, received.ReceivedBytes)), SocketFlags.None, received.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> query)
    {
        var labels = new List<string>();
        var end = 12;
        for (; query[end] != 0; end += 1 + query[end]) labels.Add(Encoding.ASCII.GetString(query.Slice(end + 1, query[end])));
        _asked.Enqueue(string.Join('.', labels).ToLowerInvariant());

        var question = query[12..(end + 5)].ToArray();
        return
        [
            .. query[..2], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question,
            0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. _answer, // a pointer to the question's name, A, IN, 60 s
        ];
    }
}
