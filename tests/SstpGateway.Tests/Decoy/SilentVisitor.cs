namespace SstpGateway.Tests.Decoy;

/// <summary>A visitor who sends some bytes and then neither sends nor closes.</summary>
internal sealed class SilentVisitor(byte[] request) : Stream
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream answers = new();
    private bool sent;

    public byte[] Answers => answers.ToArray();

    /// <summary>Completes when the other end waits for more.</summary>
    public Task Waiting => waiting.Task;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!sent)
        {
            sent = true;
            request.CopyTo(buffer);
            return request.Length;
        }
        var never = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        waiting.TrySetResult();
        await never.Task;
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => answers.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
