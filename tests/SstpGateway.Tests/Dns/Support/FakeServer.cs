using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>A DNS server on loopback, UDP and TCP on one port, that answers what the test tells it to.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Func<ReceivedQuery, byte[]?> answer;
    private readonly Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<ReceivedQuery> queries = Channel.CreateUnbounded<ReceivedQuery>();
    private readonly Task running;

    /// <param name="answer">Null leaves the query unanswered.</param>
    public FakeServer(Func<ReceivedQuery, byte[]?> answer)
    {
        this.answer = answer;
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        udp.Bind(tcp.LocalEndPoint!);
        tcp.Listen();
        running = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public string Address => udp.LocalEndPoint!.ToString()!;

    public int QueryCount { get; private set; }

    /// <summary>Answers every question for an address with this one.</summary>
    public static FakeServer Giving(string address, uint ttl = 300) =>
        new(query => WireText.Reply(query.Message, [RecordText.Address(address, ttl)]));

    /// <summary>The next query that arrived, in order; waits for it.</summary>
    public async Task<ReceivedQuery> NextQueryAsync() => await queries.Reader.ReadAsync().AsTask().WaitAsync(TestClient.Patience);

    /// <summary>Sends something more to who asked, besides what the answer function gave.</summary>
    public void SendTo(ReceivedQuery query, byte[] message) => udp.SendTo(message, query.Source);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        udp.Dispose();
        tcp.Dispose();
        stopping.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[65536];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var received = await udp.ReceiveFromAsync(buffer, SocketFlags.None, anyone, stopping.Token);
                var query = new ReceivedQuery(buffer[..received.ReceivedBytes], ByTcp: false, (IPEndPoint)received.RemoteEndPoint);
                if (Take(query) is { } reply) await udp.SendToAsync(reply, query.Source);
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
                using var connection = await tcp.AcceptAsync(stopping.Token);
                await using var stream = new NetworkStream(connection);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, stopping.Token);
                var message = new byte[prefix[0] << 8 | prefix[1]];
                await stream.ReadExactlyAsync(message, stopping.Token);
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
        var reply = answer(query);
        queries.Writer.TryWrite(query);
        return reply;
    }
}
