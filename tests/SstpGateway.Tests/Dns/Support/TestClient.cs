using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>A client of the forwarder with an address of its own out of 127.0.0.0/8.</summary>
internal sealed class TestClient : IDisposable
{
    /// <summary>How long a test waits for what must come; only a failing test waits that long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IPAddress _address;
    private readonly IPEndPoint _server;

    public TestClient(IPEndPoint server, string address = "127.0.0.1")
    {
        _server = server;
        _address = server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Parse(address) : IPAddress.IPv6Loopback;
        Udp = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        Udp.Bind(new IPEndPoint(_address, 0));
        Udp.Connect(server);
    }

    public Socket Udp { get; }

    public void Send(byte[] message) => Udp.Send(message);

    public async Task<byte[]> ReceiveAsync()
    {
        var buffer = new byte[65536];
        var length = await Udp.ReceiveAsync(buffer).WaitAsync(Patience);
        return buffer[..length];
    }

    public Task<byte[]> AskAsync(byte[] message)
    {
        Send(message);
        return ReceiveAsync();
    }

    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(_address, 0));
        await socket.ConnectAsync(_server).WaitAsync(Patience);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    /// <summary>The next message on a TCP connection; null when the other side has closed.</summary>
    public static async Task<byte[]?> ReadFramedAsync(NetworkStream stream)
    {
        var prefix = new byte[2];
        if (await stream.ReadAtLeastAsync(prefix, 2, throwOnEndOfStream: false).AsTask().WaitAsync(Patience) < 2) return null;

        var message = new byte[prefix[0] << 8 | prefix[1]];
        await stream.ReadExactlyAsync(message).AsTask().WaitAsync(Patience);
        return message;
    }

    public void Dispose() => Udp.Dispose();
}
