using System.Net;
using System.Net.Sockets;

namespace TestSupport.Ports;

/// <summary>Ports of loopback for a program that must be told its port before it opens it.</summary>
/// <remarks>They lie below those that the kernel hands out by itself (32768 to 60999 unless set otherwise), so that no socket
/// of a test beside gets one between this look and its use. Bind port zero wherever the program can say what it got.</remarks>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    // Processes that run beside each other begin at different places.
    private static int s_next = Environment.ProcessId * 131 % Count;

    /// <summary>Free for TCP and UDP, and given by this process to nobody else before 10,000 more were asked for.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free on loopback");
    }

    private static bool IsFree(int port)
    {
        var address = new IPEndPoint(IPAddress.Loopback, port);
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            tcp.Bind(address);
            udp.Bind(address);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
