using System.Buffers;
using System.Runtime.CompilerServices;
using SstpProtocol;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ip.Queueing;
using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpTransport.Pumping;

/// <summary>What waits to be sent to one peer: control packets, which go first, and tunnelled packets.</summary>
/// <remarks>
/// While the line takes all there is, packets are written one behind the other into one rented buffer, headers included, and the
/// whole buffer goes to TLS in one write: full 16 KiB records, no object per packet. Once the sender has to wait for the peer,
/// packets queue by flow (<see cref="FairQueue"/>), and each further record is filled from there. An idle queue holds no buffer.
/// </remarks>
public sealed class EgressQueue(MonotonicClock clock) : IDisposable
{
    /// <summary>SSTP header (4) and PPP address, control and protocol (4) in front of each packet.</summary>
    public const int HeaderSize = SstpHeader.Size + PppFrame.HeaderSize;

    /// <summary>
    /// Bytes of tunnelled packets that may wait for a peer who is slower than they come. The delay is bounded by the queue's own
    /// discipline; this bounds memory, and leaves fast lines two of the kernel's bursts a flow for a few flows.
    /// </summary>
    public const int DataCapacity = 512 * 1024;

    /// <summary>Bytes written straight to the buffer for TLS: one super-packet of 64 KiB as it is cut,
    /// or a batch of smaller ones.</summary>
    private const int BatchCapacity = 80 * 1024;

    /// <summary>Plaintext of one TLS record (RFC 8446 5.1).</summary>
    private const int RecordSize = 16 * 1024;

    // Of all calls together: eight full queues a processor. A call that is idle holds none of it.
    private static readonly ChunkPool Chunks = new(Environment.ProcessorCount * 8 * (DataCapacity / ChunkPool.ChunkSize));

    private readonly Lock _gate = new();
    private readonly AsyncSignal _signal = new();
    private byte[]? _control;
    private int _controlLength;
    private byte[]? _batch;
    private int _batchLength;
    private FairQueue? _waiting;
    private bool _isSending;
    private bool _completed;
    private long _refused;
    private long _droppedToldOf;

    /// <summary>Tunnelled packets dropped because the peer's line is slower than the traffic for it.</summary>
    public long Dropped
    {
        get { lock (_gate) return _refused + (_waiting?.Dropped ?? 0); }
    }

    /// <summary>Adds an IP packet without waking the sender; call <see cref="Flush"/> after a batch.</summary>
    /// <param name="protocol"><see cref="PppProtocol.Ipv4"/> or <see cref="PppProtocol.Ipv6"/>.</param>
    /// <param name="packet">At most 4087 bytes, what an SSTP packet can carry; copied.</param>
    /// <returns>False when it was dropped: too long, or the queue is closed.</returns>
    public bool TryEnqueue(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        lock (_gate)
        {
            if (!TryReserve(protocol, packet.Length, packet, default, out var destination)) return false;
            packet.CopyTo(destination);
            return true;
        }
    }

    /// <summary>Adds the packets that a super-packet is cut into, each written straight to where TLS will take it from.</summary>
    /// <returns>How many of them were taken: none, when they are too long or the queue is closed.</returns>
    public int Enqueue(PppProtocol protocol, in SuperPacket super)
    {
        lock (_gate)
        {
            // The line cannot become free in between, so time stands still for all of them.
            var now = _isSending ? clock.Now : default;
            for (var i = 0; i < super.Count; i++)
            {
                if (!TryReserve(protocol, super.LengthOf(i), super.Headers, now, out var destination)) return i;
                super.Write(i, destination);
            }
        }

        return super.Count;
    }

    /// <summary>Adds a whole SSTP packet ahead of all tunnelled ones, without waking the sender.</summary>
    public void EnqueueControl(ReadOnlySpan<byte> packet)
    {
        lock (_gate)
        {
            if (_completed) return;
            var needed = _controlLength + packet.Length;
            if (_control is null || _control.Length < needed)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 512));
                _control.AsSpan(0, _controlLength).CopyTo(larger);
                if (_control is not null) ArrayPool<byte>.Shared.Return(_control);
                _control = larger;
            }

            packet.CopyTo(_control.AsSpan(_controlLength));
            _controlLength = needed;
        }
    }

    /// <summary>Bytes of control packets that the peer has not taken yet.</summary>
    public int PendingControl
    {
        get { lock (_gate) return _controlLength; }
    }

    /// <summary>Wakes the sender for what was added; it may do its work before this returns,
    /// so hold no lock that it needs.</summary>
    public void Flush() => _signal.Set();

    /// <summary>Takes no more packets; the sender stops after what is queued, once it is woken.</summary>
    public void Complete()
    {
        lock (_gate) _completed = true;
    }

    /// <summary>Packets dropped since the last call.</summary>
    public int TakeDropped()
    {
        lock (_gate)
        {
            var all = _refused + (_waiting?.Dropped ?? 0);
            var fresh = all - _droppedToldOf;
            _droppedToldOf = all;
            return (int)fresh;
        }
    }

    /// <summary>Waits until there is something to send. False once completed and empty.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> WaitAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_controlLength > 0 || _batchLength > 0 || _waiting is { IsEmpty: false }) return true;
                if (_completed) return false;
            }

            await _signal.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes what goes next: all control packets, or else tunnelled ones. The caller sends it and asks again, until there is
    /// nothing; the buffer must be given back to the shared pool.
    /// </summary>
    internal bool TryTake(out byte[] buffer, out int length)
    {
        lock (_gate)
        {
            _isSending = true;
            if (_controlLength > 0)
            {
                (buffer, length) = (_control!, _controlLength);
                (_control, _controlLength) = (null, 0);
                return true;
            }

            if (_batchLength > 0)
            {
                (buffer, length) = (_batch!, _batchLength);
                (_batch, _batchLength) = (null, 0);
                return true;
            }

            if (_waiting is { IsEmpty: false })
            {
                buffer = ArrayPool<byte>.Shared.Rent(RecordSize + SstpHeader.MaxLength);
                length = FillRecord(buffer, _waiting);
                if (length > 0) return true;
                ArrayPool<byte>.Shared.Return(buffer);
            }

            _isSending = false;
        }

        (buffer, length) = ([], 0);
        return false;
    }

    public void Dispose()
    {
        Complete();
        while (TryTake(out var buffer, out _)) ArrayPool<byte>.Shared.Return(buffer);
        lock (_gate) _waiting?.Clear();
    }

    private int FillRecord(byte[] record, FairQueue waiting)
    {
        var now = clock.Now;
        var length = 0;
        int frame;
        do
        {
            frame = waiting.Take(record.AsSpan(length), now);
            length += frame;
        }
        while (frame > 0 && length + frame <= RecordSize); // another of its size fits the record, too
        return length;
    }

    /// <param name="headers">The packet, or its headers: what tells its flow.</param>
    private bool TryReserve(
        PppProtocol protocol, int packetLength, ReadOnlySpan<byte> headers, MonotonicTime now, out Span<byte> destination)
    {
        var length = HeaderSize + packetLength;
        if (_completed || length > SstpHeader.MaxLength)
        {
            _refused++;
            destination = default;
            return false;
        }

        Span<byte> frame;
        if (_isSending || _waiting is { IsEmpty: false } || _batchLength + length > BatchCapacity)
        {
            _waiting ??= new FairQueue(DataCapacity, Chunks);
            frame = _waiting.Add(FlowHash.Of(headers), length, now == default ? clock.Now : now);
        }
        else
        {
            _batch ??= ArrayPool<byte>.Shared.Rent(BatchCapacity);
            frame = _batch.AsSpan(_batchLength, length);
            _batchLength += length;
        }

        new SstpHeader(IsControl: false, length).Write(frame);
        PppFrame.WriteHeader(frame[SstpHeader.Size..], protocol);
        destination = frame[HeaderSize..];
        return true;
    }
}
