using LocalControlPlane.Serving;

namespace LocalControlPlane.Tests.Serving;

public sealed class PieceWriterTests
{
    private const int LargestPiece = 32 * 1024;

    [Fact]
    public async Task Of_what_a_client_does_not_read_one_piece_is_handed_over()
    {
        using var client = new SlowClient();
        using var pieces = new PieceWriter(client, CancellationToken.None);

        var writing = pieces.WriteAsync(new byte[10 << 20]).AsTask();

        Assert.False(writing.IsCompleted);
        Assert.InRange(client.Length, 1, LargestPiece);
        client.Reads();
        await writing;
        await pieces.FlushAsync();
        Assert.Equal(10 << 20, client.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(LargestPiece - 1)]
    [InlineData(LargestPiece)]
    [InlineData(LargestPiece + 1)]
    [InlineData(100_000)]
    public async Task What_arrives_is_what_was_written_however_it_was_cut(int length)
    {
        using var client = new SlowClient();
        client.Reads();
        var written = Enumerable.Range(0, 7 * length).Select(i => (byte)(i * 31)).ToArray();
        using (var pieces = new PieceWriter(client, CancellationToken.None))
        {
            for (var i = 0; i < 7; i++) await pieces.WriteAsync(written.AsMemory(i * length, length));
            await pieces.FlushAsync();
        }

        Assert.Equal(written, client.ToArray());
        Assert.InRange(client.LongestWrite, 1, LargestPiece);
    }

    /// <summary>Takes the first write, and no further one before it reads.</summary>
    private sealed class SlowClient : MemoryStream
    {
        private readonly TaskCompletionSource _reads = new();

        public int LongestWrite { get; private set; }

        public void Reads() => _reads.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LongestWrite = Math.Max(LongestWrite, buffer.Length);
            Write(buffer.Span);
            await _reads.Task.WaitAsync(cancellationToken);
        }
    }
}
