using System.Buffers;
using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpTransport.Pumping;

/// <summary>What waits to be sent to one peer: control packets, which go first, and tunnelled packets, framed in place.</summary>
/// <remarks>
/// Tunnelled packets are written one behind the other into one rented buffer, headers included, and the whole buffer goes to
/// TLS in one write: full 16 KiB records under load and no object per packet. An idle queue holds no buffer.
/// The bound is in bytes; a packet that does not fit is dropped, which is what tells a TCP sender inside to slow down.
/// </remarks>
public sealed class EgressQueue : IDisposable
{
    /// <summary>SSTP header (4) and PPP address, control and protocol (4) in front of each packet.</summary>
    public const int HeaderSize = SstpHeader.Size + PppFrame.HeaderSize;

    /// <summary>
    /// Bytes of tunnelled packets that may wait: four full TLS records. At 100 Mbit/s that is 5 ms; a slow line feels it as delay, so no more than pays.
    /// </summary>
    public const int DataCapacity = 4 * 16 * 1024;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _signal = new();
    private byte[]? _control;
    private int _controlLength;
    private byte[]? _data;
    private int _dataLength;
    private bool _completed;
    private long _dropped;

    /// <summary>Tunnelled packets dropped because the peer's line is slower than the traffic for it.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds an IP packet without waking the sender; call <see cref="Flush"/> after a batch.</summary>
    /// <param name="protocol"><see cref="PppProtocol.Ipv4"/> or <see cref="PppProtocol.Ipv6"/>.</param>
    /// <param name="packet">At most 4087 bytes, what an SSTP packet can carry; copied.</param>
    /// <returns>False when the queue is full or closed and the packet was dropped.</returns>
    public bool TryEnqueue(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        var length = HeaderSize + packet.Length;
        lock (_gate)
        {
            if (_completed || length > SstpHeader.MaxLength || _dataLength + length > DataCapacity)
            {
                Interlocked.Increment(ref _dropped);
                return false;
            }

            _data ??= ArrayPool<byte>.Shared.Rent(DataCapacity);
            var destination = _data.AsSpan(_dataLength, length);
            new SstpHeader(IsControl: false, length).Write(destination);
            PppFrame.WriteHeader(destination[SstpHeader.Size..], protocol);
            packet.CopyTo(destination[HeaderSize..]);
            _dataLength += length;
            return true;
        }
    }

    /// <summary>Adds a whole SSTP packet ahead of all tunnelled ones, and wakes the sender.</summary>
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

        _signal.Set();
    }

    /// <summary>Bytes of control packets that the peer has not taken yet.</summary>
    public int PendingControl
    {
        get { lock (_gate) return _controlLength; }
    }

    /// <summary>Wakes the sender for what was added by <see cref="TryEnqueue"/>.</summary>
    public void Flush() => _signal.Set();

    /// <summary>Takes no more packets; the sender stops after what is queued.</summary>
    public void Complete()
    {
        lock (_gate) _completed = true;
        _signal.Set();
    }

    /// <summary>Waits until there is something to send. False once completed and empty.</summary>
    internal async ValueTask<bool> WaitAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_controlLength > 0 || _dataLength > 0) return true;
                if (_completed) return false;
            }

            await _signal.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes all that waits of the more urgent kind: control first. The buffer must be given back to the shared pool.</summary>
    internal bool TryTake(out byte[] buffer, out int length)
    {
        lock (_gate)
        {
            if (_controlLength > 0)
            {
                (buffer, length) = (_control!, _controlLength);
                (_control, _controlLength) = (null, 0);
                return true;
            }

            if (_dataLength > 0)
            {
                (buffer, length) = (_data!, _dataLength);
                (_data, _dataLength) = (null, 0);
                return true;
            }
        }

        (buffer, length) = ([], 0);
        return false;
    }

    public void Dispose()
    {
        Complete();
        while (TryTake(out var buffer, out _)) ArrayPool<byte>.Shared.Return(buffer);
    }
}
