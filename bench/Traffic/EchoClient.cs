using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Traffic;

/// <summary>Keeps a number of small datagrams in flight: each that comes back sends the next.</summary>
internal sealed class EchoClient(IPEndPoint server, int inFlight, int size)
{
    // The kernel drops some when a queue is full. A silence this long means that all that were in flight are lost.
    private const int SilenceMilliseconds = 100;

    public string Run(TimeSpan duration)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = SilenceMilliseconds,
        };
        socket.Connect(server);
        var datagram = new byte[size];
        var times = new List<float>(1 << 20);
        var lost = 0;
        var outstanding = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            while (outstanding < inFlight)
            {
                BinaryPrimitives.WriteInt64LittleEndian(datagram, Stopwatch.GetTimestamp());
                socket.Send(datagram);
                outstanding++;
            }

            try
            {
                socket.Receive(datagram);
                times.Add((float)Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(datagram)).TotalMilliseconds);
                outstanding = Math.Max(0, outstanding - 1);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                lost += outstanding;
                outstanding = 0;
            }
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"perSecond": {{times.Count / clock.Elapsed.TotalSeconds:0}}, "p50": {{At(times, 50):0.000}}, "p99": {{At(times, 99):0.000}}, "lost": {{lost}}}""");
    }

    private static float At(List<float> sorted, int percent) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}
