using System.Net.Sockets;

namespace SstpGateway.Listening;

/// <summary>TCP options for connections that carry packets.</summary>
internal static class SocketTuning
{
    // linux/tcp.h
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowWater = 25;
    private const int TcpProtocol = 6;

    public static void Apply(Socket socket)
    {
        // We gather packets into records ourselves; Nagle would only hold the last one back.
        socket.NoDelay = true;
        // A dead peer is noticed although data is in flight: 45 s, under the 60 s of SSTP's own echo.
        Set(socket, TcpUserTimeout, 45_000);
        // "Writable" then means "almost drained": what waits, waits in our queue, where small packets can pass big ones.
        Set(socket, TcpNotSentLowWater, 128 * 1024);
    }

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(TcpProtocol, option, BitConverter.GetBytes(value));
}
