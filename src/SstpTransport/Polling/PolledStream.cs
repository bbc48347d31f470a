using System.Net.Sockets;

namespace SstpTransport.Polling;

/// <summary>A TCP connection whose reads and writes wait at a <see cref="Poller"/>: the stream under TLS.</summary>
/// <remarks>
/// At first, whoever awaits goes on in the thread pool, where a handshake may take its time. After <see cref="RunInline"/> it
/// goes on right on the poller's thread: the data path, which never waits. A read of zero bytes waits until there is something to
/// read and holds no buffer meanwhile. One read and one write at a time; disposal ends both.
/// </remarks>
public sealed class PolledStream : Stream, IPolled
{
    /// <summary>Bytes read in one turn before other connections have theirs:
    /// four TLS records' worth is some 100 us of work.</summary>
    private const int TurnSize = 64 * 1024;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly PolledOperation _reading = new();
    private readonly PolledOperation _writing = new();
    private Memory<byte> _readBuffer;
    private ReadOnlyMemory<byte> _writeBuffer;
    private int _turn = TurnSize;
    private bool _isInline;
    private bool _isDeferred; // the poller's thread alone looks at it
    private volatile bool _peerClosed;
    private int _disposed;

    /// <param name="socket">Connected; owned from here on.</param>
    /// <param name="poller">Where it waits, for good.</param>
    public PolledStream(Socket socket, Poller poller)
    {
        _socket = socket;
        Poller = poller;
        socket.Blocking = false;
        _descriptor = (int)socket.Handle;
        poller.Add(
            _descriptor, PollEvents.Readable | PollEvents.Writable | PollEvents.PeerClosed | PollEvents.OncePerChange, this);
    }

    public Poller Poller { get; }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException("a network stream has no length");

    public override long Position
    {
        get => throw new NotSupportedException("a network stream has no position");
        set => throw new NotSupportedException("a network stream has no position");
    }

    /// <summary>From now on whoever awaits a read or a write goes on on the poller's thread.
    /// Call it while none is pending.</summary>
    public void RunInline()
    {
        _isInline = true;
        _reading.RunsInline = true;
        _writing.RunsInline = true;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_reading.Abandoned is { } abandoned) return ValueTask.FromException<int>(abandoned);
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
            if (_reading.IsReady || _peerClosed)
            {
                if (_isInline && _turn <= 0 && Poller.IsCurrent)
                {
                    _readBuffer = buffer;
                    var later = _reading.BeginLater(cancellationToken);
                    if (!_isDeferred) Poller.Defer(this);
                    _isDeferred = true;
                    return new ValueTask<int>(_reading, later);
                }

                if (TryRead(buffer.Span, out var count, out var error))
                    return error is null ? ValueTask.FromResult(count) : ValueTask.FromException<int>(error);
            }

            _readBuffer = buffer;
            if (_reading.TryBegin(cancellationToken, out var version)) return new ValueTask<int>(_reading, version);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_writing.Abandoned is { } abandoned) return ValueTask.FromException(abandoned);
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
            if (TryWrite(ref buffer, out var error))
                return error is null ? ValueTask.CompletedTask : ValueTask.FromException(error);

            _writeBuffer = buffer;
            if (_writing.TryBegin(cancellationToken, out var version)) return new ValueTask(_writing, version);
        }
    }

    void IPolled.OnReady(PollEvents events)
    {
        if ((events & (PollEvents.PeerClosed | PollEvents.HangUp | PollEvents.Error)) != 0) _peerClosed = true;
        // Whoever was put off has the one turn that he waits for. Were the arrival of more another one, a peer that keeps sending
        // would gain a turn with every round.
        if (events == PollEvents.None) _isDeferred = false;
        if (!_isDeferred) _turn = TurnSize;
        if (events != PollEvents.Writable && !_isDeferred && _reading.TryTake())
        {
            if (TryRead(_readBuffer.Span, out var count, out var error))
            {
                if (error is null) _reading.Complete(count);
                else _reading.Fail(error);
            }
            else
            {
                _reading.PutBack();
            }
        }

        if ((events & (PollEvents.Writable | PollEvents.HangUp | PollEvents.Error)) == 0 || !_writing.TryTake()) return;
        if (!TryWrite(ref _writeBuffer, out var failure)) _writing.PutBack();
        else if (failure is null) _writing.Complete(0);
        else _writing.Fail(failure);
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("this stream does not block");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("this stream does not block");

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing is held back here.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("a network stream cannot seek");

    public override void SetLength(long value) => throw new NotSupportedException("a network stream has no length");

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Poller.Remove(_descriptor);
            var why = new ObjectDisposedException(nameof(PolledStream), "the connection was closed on this side");
            _reading.Abandon(why);
            _writing.Abandon(why);
            _socket.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>False when there is nothing to read yet.</returns>
    private bool TryRead(Span<byte> buffer, out int count, out Exception? error)
    {
        // Cleared before the try: what comes during it or after it is told anew.
        _reading.IsReady = false;
        if (buffer.IsEmpty)
        {
            Span<byte> one = stackalloc byte[1];
            if (!TryReceive(one, SocketFlags.Peek, out _, out error))
            {
                count = 0;
                return false;
            }

            _reading.IsReady = true;
            count = 0;
            return true;
        }

        if (!TryReceive(buffer, SocketFlags.None, out count, out error)) return false;
        // A buffer that was not filled has emptied the socket (epoll(7)); then the next
        // word from the poller is worth waiting for.
        if (count == buffer.Length) _reading.IsReady = true;
        _turn -= count;
        return true;
    }

    private bool TryReceive(Span<byte> buffer, SocketFlags flags, out int count, out Exception? error)
    {
        error = null;
        try
        {
            count = _socket.Receive(buffer, flags, out var status);
            if (status == SocketError.WouldBlock) return false;
            if (status != SocketError.Success) error = Broken(status);
        }
        catch (ObjectDisposedException e)
        {
            (count, error) = (0, e);
        }

        return true;
    }

    /// <returns>False when the peer must first read; <paramref name="buffer"/> is then what is left.</returns>
    private bool TryWrite(ref ReadOnlyMemory<byte> buffer, out Exception? error)
    {
        error = null;
        try
        {
            while (!buffer.IsEmpty)
            {
                _writing.IsReady = false;
                var count = _socket.Send(buffer.Span, SocketFlags.None, out var status);
                if (status == SocketError.WouldBlock) return false;
                if (status != SocketError.Success)
                {
                    error = Broken(status);
                    return true;
                }

                buffer = buffer[count..];
            }
        }
        catch (ObjectDisposedException e)
        {
            error = e;
        }

        return true;
    }

    private static IOException Broken(SocketError status)
    {
        var cause = new SocketException((int)status);
        return new IOException(cause.Message, cause);
    }
}
