using System.Net.Sockets;

namespace SstpTransport.Polling;

/// <summary>TCP options for connections that carry packets.</summary>
public static class SocketTuning
{
    // linux/tcp.h
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowWater = 25;
    private const int TcpCongestion = 13;
    private const int TcpProtocol = 6;

    // Looked up once: asking for one that is not there is an error with every connection.
    private static readonly bool HasBbr = File.Exists(AllowedControls)
        && File.ReadAllText(AllowedControls).Split(' ', '\n').Contains("bbr");

    private const string AllowedControls = "/proc/sys/net/ipv4/tcp_allowed_congestion_control";

    public static void Apply(Socket socket)
    {
        // We gather packets into records ourselves; Nagle would only hold the last one back.
        socket.NoDelay = true;
        // A dead peer is noticed although data is in flight: 45 s, under the 60 s of SSTP's own echo.
        Set(socket, TcpUserTimeout, 45_000);
        // "Writable" then means "almost drained": what waits, waits in our queue, where small packets can pass big ones. On a
        // line of 50 Mbit/s one record is 2.6 ms.
        Set(socket, TcpNotSentLowWater, 16 * 1024);
        // It keeps the queues on the way short, which the connections inside would otherwise fill and feel.
        if (HasBbr) socket.SetRawSocketOption(TcpProtocol, TcpCongestion, "bbr"u8);
    }

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(TcpProtocol, option, BitConverter.GetBytes(value));
}
