using System.Net;
using System.Net.Sockets;

namespace Bench.Traffic;

/// <summary>Sends every datagram back, until it is killed.</summary>
internal static class EchoServer
{
    public static void Run(IPEndPoint endPoint)
    {
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(endPoint);
        var from = new SocketAddress(endPoint.AddressFamily);
        var datagram = new byte[65535];
        while (true)
        {
            var length = socket.ReceiveFrom(datagram, SocketFlags.None, from);
            socket.SendTo(datagram.AsSpan(0, length), SocketFlags.None, from);
        }
    }
}
