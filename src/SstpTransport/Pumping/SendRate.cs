using System.Numerics;
using SstpProtocol;
using SstpTransport.Polling;

namespace SstpTransport.Pumping;

/// <summary>How fast a peer takes what is sent to it, and what may wait for it accordingly.</summary>
/// <remarks>
/// What waits shall be worth a certain time, not a certain size: on a slow line little, lest it fills with delay; on a fast one enough to
/// last until the sender's thread has its turn again. Sizes were found by measuring; see docs/performance.md.
/// </remarks>
internal sealed class SendRate
{
    /// <summary>Bytes that may wait whatever the rate: two of the kernel's bursts a flow for a few flows.</summary>
    public const int LeastQueue = 512 * 1024;

    private const int MostQueue = 4 * 1024 * 1024;
    private const int MostUnsent = 256 * 1024;

    // The queue's own discipline begins to drop what has waited this long (CoDel's target), so that room for more is of no use.
    private const int QueueMilliseconds = 10;
    private const int WindowMilliseconds = 10;

    private MonotonicTime _began;
    private long _sent;
    private long _perMillisecond;

    /// <summary>Bytes that may wait in the queue.</summary>
    public int Queue => (int)Math.Clamp(_perMillisecond * QueueMilliseconds, LeastQueue, MostQueue);

    /// <summary>Bytes that may wait in the kernel, not sent yet: a millisecond's worth, as a power of two so that it seldom changes.</summary>
    public int Unsent => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(_perMillisecond, SocketTuning.LeastUnsent, MostUnsent));

    /// <summary>Notes that something goes to the kernel, which has taken all before it.</summary>
    public void Add(int length, MonotonicTime now)
    {
        var passed = now - _began;
        if (passed.TotalMilliseconds >= WindowMilliseconds)
        {
            _perMillisecond = (_perMillisecond + (_sent / (long)passed.TotalMilliseconds)) / 2;
            (_began, _sent) = (now, 0);
        }

        _sent += length;
    }
}
