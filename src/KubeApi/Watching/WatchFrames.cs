using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace KubeApi.Watching;

/// <summary>Cuts the stream of a watch into events, one a line, and notices when it has gone silent.</summary>
/// <param name="timeout">After which the server said it would end the stream.</param>
internal sealed class WatchFrames(Stream stream, TimeSpan timeout, TimeProvider time)
{
    /// <summary>etcd takes 1.5 MiB; an aggregated server may send more. This bounds a server gone mad.</summary>
    private const long LongestFrame = 64 << 20;

    /// <summary>What the network and the server may add to the time that was agreed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Servers that send bookmarks do so about once a minute: twice missed is dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(150);

    /// <summary>Once it is known that the server sends bookmarks, silence means more.</summary>
    public bool HasBookmarks { get; set; }

    /// <exception cref="IOException">The stream ended in the middle of an event, or broke.</exception>
    /// <exception cref="TimeoutException">Nothing came for longer than anything should take.</exception>
    public async IAsyncEnumerable<ReadOnlySequence<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        try
        {
            long seen = 0;
            while (true)
            {
                var read = await ReadSomeAsync(reader, cancelled).ConfigureAwait(false);
                var buffer = read.Buffer;
                // What was looked at before holds no end of line: do not look again, or a large event costs its square.
                while (FindLine(buffer, seen) is { } end)
                {
                    var line = buffer.Slice(0, end);
                    if (!IsBlank(line)) yield return line;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                    seen = 0;
                }

                seen = buffer.Length;
                if (seen > LongestFrame) throw new IOException($"An event of a watch is longer than {LongestFrame >> 20} MiB.");
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (!read.IsCompleted) continue;

                if (!IsBlank(buffer)) throw new EndOfStreamException("A watch was cut in the middle of an event.");
                yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<ReadResult> ReadSomeAsync(PipeReader reader, CancellationToken cancelled)
    {
        var patience = HasBookmarks && LongestSilence < timeout ? LongestSilence : timeout + Grace;
        using var silence = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, silence.Token);
        try
        {
            return await reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new TimeoutException($"A watch was silent for {patience.TotalSeconds:0} s; its connection is taken for dead.");
        }
    }

    private static SequencePosition? FindLine(ReadOnlySequence<byte> buffer, long from) =>
        buffer.Slice(from).PositionOf((byte)'\n');

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
            if (segment.Span.ContainsAnyExcept(" \t\r\n"u8)) return false;

        return true;
    }
}
