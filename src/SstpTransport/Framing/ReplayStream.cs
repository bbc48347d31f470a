namespace SstpTransport.Framing;

/// <summary>Gives out bytes that were read ahead, then reads on from the stream they came from. Writes pass through.</summary>
public sealed class ReplayStream(Stream inner, ReadOnlyMemory<byte> readAhead) : Stream
{
    private ReadOnlyMemory<byte> _readAhead = readAhead;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException("a network stream has no length");

    public override long Position
    {
        get => throw new NotSupportedException("a network stream has no position");
        set => throw new NotSupportedException("a network stream has no position");
    }

    public override int Read(Span<byte> buffer) => _readAhead.IsEmpty ? inner.Read(buffer) : Replay(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _readAhead.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Replay(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("a network stream cannot seek");

    public override void SetLength(long value) => throw new NotSupportedException("a network stream has no length");

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // A zero-byte read asks whether anything is there; with bytes in hand the answer is yes, at once.
    private int Replay(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _readAhead.Length);
        _readAhead.Span[..count].CopyTo(buffer);
        // An empty rest would still keep the whole buffer alive, for as long as the connection lasts.
        _readAhead = count == _readAhead.Length ? default : _readAhead[count..];
        return count;
    }
}
