namespace SstpTransport.Tests.Pumping;

/// <summary>One end of a connection: what it reads is given to it, what it writes is kept.
/// Nothing happens that a test did not ask for.</summary>
internal sealed class TestStream : Stream
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _incoming = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;
    private bool _writesHeld;

    /// <summary>Bytes that one read gives at most.</summary>
    public int ReadLimit { get; init; } = int.MaxValue;

    /// <summary>Thrown by every write once set.</summary>
    public Exception? WriteFailure { get; set; }

    /// <summary>Thrown by reads once everything given has been read.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>Where what is written goes, beside <see cref="Written"/>.</summary>
    public TestStream? Other { get; set; }

    /// <summary>Every write, in order.</summary>
    public List<byte[]> Written { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>The size of the buffer of a read that waits; null while none does.</summary>
    public int? WaitingReadSize { get; private set; }

    /// <summary>Writes that wait because they are held.</summary>
    public int WaitingWrites { get; private set; }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Give(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (var octet in bytes) _incoming.Enqueue(octet);
            Changed();
        }
    }

    /// <summary>The peer closes its side.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Changed();
        }
    }

    /// <summary>The peer does not read any more: writes wait.</summary>
    public void HoldWrites() => Hold(true);

    public void ReleaseWrites() => Hold(false);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                WaitingReadSize = null;
                if (_incoming.Count > 0) return Take(buffer.Span);
                if (ReadFailure is not null) throw ReadFailure;
                if (_ended) return 0;
                WaitingReadSize = buffer.Length;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                if (WriteFailure is not null) throw WriteFailure;
                WaitingWrites = _writesHeld ? 1 : 0;
                if (!_writesHeld) break;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        lock (_gate) Written.Add(buffer.ToArray());
        Other?.Give(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("pumps do not block");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("pumps do not block");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>All that was written, as one.</summary>
    public byte[] WrittenBytes()
    {
        lock (_gate) return [.. Written.SelectMany(write => write)];
    }

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            IsDisposed = true;
            Changed();
        }

        Other?.End();
        base.Dispose(disposing);
    }

    private int Take(Span<byte> destination)
    {
        var count = Math.Min(Math.Min(destination.Length, _incoming.Count), ReadLimit);
        for (var i = 0; i < count; i++) destination[i] = _incoming.Dequeue();
        return count;
    }

    private void Hold(bool held)
    {
        lock (_gate)
        {
            _writesHeld = held;
            Changed();
        }
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
