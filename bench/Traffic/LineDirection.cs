using System.Diagnostics;
using System.Runtime.InteropServices;
using SstpTransport.Polling;
using SstpTransport.Tun;

namespace Bench.Traffic;

/// <summary>One direction of a <see cref="Line"/>: each packet is due when all before it and it itself have been sent,
/// and the delay has passed.</summary>
internal sealed partial class LineDirection(TunQueue from, TunQueue to, Line line) : IPolled
{
    // In ticks of the stopwatch, as all times here.
    private readonly double _perByte = 8 * Stopwatch.Frequency / (line.MegabitsPerSecond * 1e6);
    private readonly long _delay = (long)(line.Delay.TotalSeconds * Stopwatch.Frequency);
    private readonly long _buffer = (long)(line.Buffer.TotalSeconds * Stopwatch.Frequency);
    private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(TunQueue.MaxPacketLength, pinned: true);
    private readonly Queue<(long Due, byte[] Packet)> _underway = new();
    private double _freeAt;

    public void OnReady(PollEvents events)
    {
        for (var i = 0; i < 64 && from.Read(_packet, out _) is > 0 and var length; i++)
        {
            var now = Stopwatch.GetTimestamp();
            _freeAt = Math.Max(_freeAt, now);
            if (_freeAt - now > _buffer) continue;
            _freeAt += length * _perByte;
            lock (_underway)
            {
                _underway.Enqueue(((long)_freeAt + _delay, _packet.AsSpan(0, length).ToArray()));
                Monitor.Pulse(_underway);
            }
        }
    }

    /// <summary>Hands over what is due, for good.</summary>
    public void Deliver()
    {
        while (true)
        {
            (long Due, byte[] Packet) next;
            lock (_underway)
            {
                while (!_underway.TryPeek(out next)) Monitor.Wait(_underway);
            }

            var left = next.Due - Stopwatch.GetTimestamp();
            if (left > 0)
            {
                _ = Sleep((uint)(left * 1_000_000 / Stopwatch.Frequency) + 1);
                continue;
            }

            lock (_underway) _underway.Dequeue();
            to.Write(next.Packet);
        }
    }

    // To the microsecond, or nearly; Thread.Sleep knows milliseconds.
    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
