using System.Net;
using System.Net.Sockets;

namespace Operator.Tests.Dns.Sources;

/// <summary>A name server on loopback that answers a query with bytes of the test's choice.</summary>
internal sealed class LoopbackDns : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    /// <param name="answer">Null: no answer.</param>
    public LoopbackDns(Func<byte[], byte[]?> answer, IPAddress? address = null)
    {
        var own = address ?? IPAddress.Loopback;
        _socket = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(own, 0));
        _serving = ServeAsync(answer);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Answers with one record to the question as it stands.</summary>
    /// <param name="type">TYPE; 1 is A, 16 TXT, 28 AAAA.</param>
    public static LoopbackDns With(ushort type, byte[] data, IPAddress? address = null, int records = 1) =>
        new(query => Reply(query, type, data, records), address);

    /// <summary>The query's head and question, and the record as often as is wanted,
    /// named by a pointer to the question.</summary>
    public static byte[] Reply(byte[] query, ushort type, byte[] data, int records = 1)
    {
        var end = 12;
        while (query[end] != 0) end += query[end] + 1;
        end += 5;
        byte[] record =
        [
            0xC0, 12, (byte)(type >> 8), (byte)type, query[end - 2], query[end - 1], 0, 0, 0, 60,
            (byte)(data.Length >> 8), (byte)data.Length, .. data,
        ];
        byte[] reply = [.. query[..2], 0x84, 0x00, 0, 1, 0, (byte)records, 0, 0, 0, 0, .. query[12..end]];
        for (var i = 0; i < records; i++) reply = [.. reply, .. record];
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(Func<byte[], byte[]?> answer)
    {
        var buffer = new byte[1500];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(
                    buffer,
                    new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0),
                    _stopping.Token);
                if (answer(buffer[..received.ReceivedBytes]) is { } reply)
                    await _socket.SendToAsync(reply, received.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }
}
