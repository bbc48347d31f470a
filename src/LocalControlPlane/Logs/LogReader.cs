using System.Runtime.CompilerServices;
using System.Text;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Logs;

/// <summary>Reads a container's log file: what is there and, when followed, what is added to it.</summary>
internal sealed class LogReader(TimeProvider clock)
{
    // How soon a follower sees a new line. inotify would be sooner, and would fail where watches are used up.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private const int ChunkBytes = 64 * 1024;

    /// <summary>Whole lines with their line feeds, in UTF-8, in chunks.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(
        string file, LogOptions options, Func<bool> hasEnded, [EnumeratorCancellation] CancellationToken gone)
    {
        var left = options.Limit ?? long.MaxValue;
        using var stream = new FollowedFile(file);
        if (options.Tail is { } tail) stream.Position = FindTail(stream.Current, tail);

        var rest = new List<byte>();
        var buffer = new byte[ChunkBytes];
        while (left > 0)
        {
            // Asked before reading: what is written until then is read below.
            var ended = hasEnded();
            var count = await stream.Current.ReadAsync(buffer, gone).ConfigureAwait(false);
            if (count == 0)
            {
                if (options.Follows && stream.StartsAnew()) continue;
                if (!options.Follows || ended) yield break;
                await Task.Delay(Interval, clock, gone).ConfigureAwait(false);
                continue;
            }

            rest.AddRange(buffer.AsSpan(0, count));
            var end = rest.LastIndexOf((byte)'\n') + 1;
            if (end == 0) continue;
            var chunk = Select(Encoding.UTF8.GetString([.. rest.Take(end)]), options);
            rest.RemoveRange(0, end);
            if (chunk.Length == 0) continue;
            if (chunk.Length > left) chunk = chunk[..(int)left];
            left -= chunk.Length;
            yield return chunk;
        }
    }

    private static byte[] Select(string lines, LogOptions options)
    {
        var selected = new StringBuilder();
        foreach (var line in lines.Split('\n').SkipLast(1))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var isStamped = space > 0 && Timestamps.TryParse(line[..space], out _);
            if (options.Since is { } since && isStamped && Timestamps.TryParse(line[..space], out var at) && at < since) continue;
            selected.Append(options.Timestamps || !isStamped ? line : line[(space + 1)..]).Append('\n');
        }

        return Encoding.UTF8.GetBytes(selected.ToString());
    }

    // Backwards, so that the end of a long file costs as little as that of a short one.
    private static long FindTail(FileStream stream, int lines)
    {
        var buffer = new byte[ChunkBytes];
        var position = stream.Length;
        var found = 0;
        while (position > 0)
        {
            var size = (int)Math.Min(ChunkBytes, position);
            position -= size;
            stream.Position = position;
            stream.ReadExactly(buffer, 0, size);
            for (var index = size - 1; index >= 0; index--)
            {
                // The feed at the very end closes the last line; it does not begin another.
                if (buffer[index] != '\n' || position + index == stream.Length - 1) continue;
                if (++found == lines) return position + index + 1;
            }
        }

        return lines == 0 ? stream.Length : 0;
    }
}
