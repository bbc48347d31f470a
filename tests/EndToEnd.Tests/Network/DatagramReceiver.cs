using System.Net;
using System.Net.Sockets;
using System.Text;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Network;

/// <summary>A UDP socket in a namespace, to see what arrives there.</summary>
public sealed class DatagramReceiver : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;

    public DatagramReceiver(NetworkNamespace @namespace, IPAddress address)
    {
        _socket = NamespaceEntry.Run(@namespace.Name, () =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return socket;
        });
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The next datagram, as text.</summary>
    public async Task<string> ReceiveAsync() => Encoding.ASCII.GetString(await ReceiveOctetsAsync());

    public async Task<byte[]> ReceiveOctetsAsync()
    {
        using var timer = new CancellationTokenSource(Deadline);
        var buffer = new byte[65_535];
        return buffer[..await _socket.ReceiveAsync(buffer, SocketFlags.None, timer.Token)];
    }

    public void Dispose() => _socket.Dispose();
}
