using System.Net;
using System.Net.Sockets;
using System.Text;
using TestSupport.Waiting;

namespace TestSupport.Connections;

/// <summary>A TCP connection over which nothing needs to be said.</summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private RawConnection()
    {
    }

    /// <param name="port">Of loopback.</param>
    /// <param name="from">The last octet of an address of this host.</param>
    public static Task<RawConnection> OpenAsync(int port, int from = 1) =>
        OpenAsync(new IPEndPoint(IPAddress.Loopback, port), from);

    /// <param name="from">The last octet of an address of this host.</param>
    public static async Task<RawConnection> OpenAsync(IPEndPoint to, int from = 1)
    {
        var connection = new RawConnection();
        connection._socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{from}"), 0));
        await connection._socket.ConnectAsync(to);
        return connection;
    }

    /// <summary>The first line of the answer.</summary>
    public async Task<string> AskAsync(string path)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(Patience);
        var length = await _socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, length).Split('\r')[0];
    }

    /// <summary>Whether the other side has closed it, in one way or the other. To be asked of one over which nothing was said.
    /// </summary>
    public bool IsClosed => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Waits until so many are closed. Which ones is not for a test to say that opened them one soon after the other:
    /// a server takes them up on several threads, and the first to be there may be the last to be counted.</summary>
    public static Task WaitUntilClosedAsync(IReadOnlyCollection<RawConnection> connections, int count) =>
        Eventually.TrueAsync(
            $"{count} of {connections.Count} connections to be closed", Patience,
            () => Task.FromResult(connections.Count(connection => connection.IsClosed) >= count));

    public void Dispose() => _socket.Dispose();
}
