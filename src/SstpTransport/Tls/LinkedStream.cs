using System.IO.Pipelines;

namespace SstpTransport.Tls;

/// <summary>One end of a connection inside the process.</summary>
internal sealed class LinkedStream : Stream
{
    private readonly Stream _reading;
    private readonly Stream _writing;

    private LinkedStream(PipeReader reading, PipeWriter writing)
    {
        _reading = reading.AsStream();
        _writing = writing.AsStream();
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw NotSupported();

    public override long Position
    {
        get => throw NotSupported();
        set => throw NotSupported();
    }

    /// <summary>Both ends of a connection.</summary>
    public static (LinkedStream Near, LinkedStream Far) Pair()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new LinkedStream(back.Reader, there.Writer), new LinkedStream(there.Reader, back.Writer));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _reading.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _writing.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _writing.FlushAsync(cancellationToken);

    public override void Flush() => throw NotSupported();

    public override int Read(byte[] buffer, int offset, int count) => throw NotSupported();

    public override void Write(byte[] buffer, int offset, int count) => throw NotSupported();

    public override long Seek(long offset, SeekOrigin origin) => throw NotSupported();

    public override void SetLength(long value) => throw NotSupported();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reading.Dispose();
            _writing.Dispose();
        }

        base.Dispose(disposing);
    }

    private static NotSupportedException NotSupported() => new("this stream only reads and writes, and does not block");
}
