namespace SstpGateway.Tests.Decoy;

/// <summary>A visitor who sends some bytes, at most <paramref name="step"/> a read, then closes that direction,
/// and takes every answer.</summary>
internal sealed class VisitorStream(byte[] request, int step = int.MaxValue) : Stream
{
    private readonly MemoryStream answers = new();
    private int position;

    public byte[] Answers => answers.ToArray();

    /// <summary>How many bytes were left unread.</summary>
    public int Unread => request.Length - position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = Math.Min(Math.Min(step, count), request.Length - position);
        request.AsSpan(position, length).CopyTo(buffer.AsSpan(offset));
        position += length;
        return length;
    }

    public override void Write(byte[] buffer, int offset, int count) => answers.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
