namespace SstpProtocol.Tests.Tls;

/// <summary>Keeps what is written to it and has nothing to read: the far end that never answers.</summary>
internal sealed class CapturingStream : MemoryStream
{
    public override int Read(Span<byte> buffer) => 0;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(0);
}
