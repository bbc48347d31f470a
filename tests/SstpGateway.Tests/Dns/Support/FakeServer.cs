using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using TestSupport.Ports;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>A DNS server on loopback, UDP and TCP on one port, that answers what the test tells it to.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Func<ReceivedQuery, byte[]?> _answer;
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ReceivedQuery> _queries = Channel.CreateUnbounded<ReceivedQuery>();
    private readonly Task _running;

    /// <param name="answer">Null leaves the query unanswered.</param>
    public FakeServer(Func<ReceivedQuery, byte[]?> answer)
    {
        _answer = answer;
        _tcp.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Next()));
        _udp.Bind(_tcp.LocalEndPoint!);
        _tcp.Listen();
        _running = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public string Address => _udp.LocalEndPoint!.ToString()!;

    public int QueryCount { get; private set; }

    /// <summary>Answers every question for an address with this one.</summary>
    public static FakeServer Giving(string address, uint ttl = 300) =>
        new(query => WireText.Reply(query.Message, [RecordText.Address(address, ttl)]));

    /// <summary>The next query that arrived, in order; waits for it.</summary>
    public async Task<ReceivedQuery> NextQueryAsync() =>
        await _queries.Reader.ReadAsync().AsTask().WaitAsync(TestClient.Patience);

    /// <summary>Sends something more to who asked, besides what the answer function gave.</summary>
    public void SendTo(ReceivedQuery query, byte[] message) => _udp.SendTo(message, query.Source);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _udp.Dispose();
        _tcp.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[65536];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, anyone, _stopping.Token);
                var query = new ReceivedQuery(
                    buffer[..received.ReceivedBytes], ByTcp: false, (IPEndPoint)received.RemoteEndPoint);
                if (Take(query) is { } reply) await _udp.SendToAsync(reply, query.Source);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _tcp.AcceptAsync(_stopping.Token);
                await using var stream = new NetworkStream(connection);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, _stopping.Token);
                var message = new byte[prefix[0] << 8 | prefix[1]];
                await stream.ReadExactlyAsync(message, _stopping.Token);
                var reply = Take(new ReceivedQuery(message, ByTcp: true, (IPEndPoint)connection.RemoteEndPoint!));
                if (reply is not null) await stream.WriteAsync((byte[])[(byte)(reply.Length >> 8), (byte)reply.Length, .. reply]);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private byte[]? Take(ReceivedQuery query)
    {
        QueryCount++;
        var reply = _answer(query);
        _queries.Writer.TryWrite(query);
        return reply;
    }
}
