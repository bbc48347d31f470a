using System.Buffers.Binary;

namespace SstpProtocol.Ip.Queueing;

/// <summary>The frames of one flow that wait, oldest first, in chunks that are rented while there are any.</summary>
internal sealed class FlowQueue(ChunkPool pool)
{
    private const int ChunkSize = ChunkPool.ChunkSize;
    private const int PrefixSize = sizeof(int) + sizeof(long);

    private readonly Queue<byte[]> _chunks = new();
    private byte[] _newest = [];
    private int _readAt;
    private int _writeAt;
    private DelayControl _delay;

    /// <summary>Bytes of frames that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>Bytes it may still send in its turn (deficit round robin).</summary>
    public int Deficit { get; set; }

    /// <summary>In one of the lists of flows that have something to send.</summary>
    public bool IsListed { get; set; }

    public bool IsEmpty => Bytes == 0;

    /// <summary>Makes room for a frame at the end.</summary>
    /// <param name="length">At most 4095 bytes.</param>
    public Span<byte> Add(int length, MonotonicTime now)
    {
        if (_newest.Length == 0 || _writeAt + PrefixSize + length > ChunkSize)
        {
            // The end of a chunk is where no further prefix was written; a length of 0 says so to the reader.
            if (_newest.Length > 0 && _writeAt + sizeof(int) <= ChunkSize)
                BinaryPrimitives.WriteInt32LittleEndian(_newest.AsSpan(_writeAt), 0);
            _newest = pool.Rent();
            _chunks.Enqueue(_newest);
            _writeAt = 0;
        }

        var entry = _newest.AsSpan(_writeAt, PrefixSize + length);
        BinaryPrimitives.WriteInt32LittleEndian(entry, length);
        BinaryPrimitives.WriteInt64LittleEndian(entry[sizeof(int)..], now.Milliseconds);
        _writeAt += entry.Length;
        Bytes += length;
        return entry[PrefixSize..];
    }

    /// <summary>Shows the oldest frame; it stays until <see cref="Remove"/>.</summary>
    /// <param name="since">When it came.</param>
    public Span<byte> Peek(out MonotonicTime since)
    {
        var chunk = Oldest();
        var length = BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(_readAt));
        since = new MonotonicTime(BinaryPrimitives.ReadInt64LittleEndian(chunk.AsSpan(_readAt + sizeof(int))));
        return chunk.AsSpan(_readAt + PrefixSize, length);
    }

    public void Remove()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Oldest().AsSpan(_readAt));
        _readAt += PrefixSize + length;
        Bytes -= length;
        if (Bytes == 0) Clear();
    }

    /// <summary>Whether the oldest frame has waited so long that it should say so to its sender.</summary>
    public bool IsOverdue(MonotonicTime since, int frameLength, MonotonicTime now) =>
        _delay.ShouldDrop(now - since, isLast: Bytes == frameLength, now);

    public void Clear()
    {
        foreach (var chunk in _chunks) pool.Return(chunk);
        _chunks.Clear();
        _newest = [];
        (_readAt, _writeAt, Bytes) = (0, 0, 0);
    }

    private byte[] Oldest()
    {
        while (true)
        {
            var chunk = _chunks.Peek();
            var isRead = ReferenceEquals(chunk, _newest)
                ? false
                : _readAt + PrefixSize > ChunkSize || BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(_readAt)) == 0;
            if (!isRead) return chunk;
            pool.Return(_chunks.Dequeue());
            _readAt = 0;
        }
    }
}
