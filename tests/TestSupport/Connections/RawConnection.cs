using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

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

    /// <summary>Waits until the other side has closed it, in one way or the other.</summary>
    public async Task WaitUntilClosedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Assert.Equal(0, await _socket.ReceiveAsync(new byte[1], patience.Token));
        }
        catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
        {
            // With a reset, since it had to go.
        }
    }

    public void Dispose() => _socket.Dispose();
}
