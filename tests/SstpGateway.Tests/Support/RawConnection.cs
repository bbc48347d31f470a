using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Tests.Support;

/// <summary>A TCP connection over which nothing needs to be said.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private RawConnection()
    {
    }

    /// <param name="from">The last octet of an address of this host.</param>
    public static async Task<RawConnection> OpenAsync(IPEndPoint to, int from)
    {
        var connection = new RawConnection();
        connection._socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{from}"), 0));
        await connection._socket.ConnectAsync(to);
        return connection;
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
