using System.IO.Pipelines;
using System.Text.Json;
using KubeApi.Objects;

namespace KubeApi.Client;

/// <summary>One page of a list.</summary>
/// <param name="Continue">Asks for the next page; null or empty on the last.</param>
internal sealed record ListPage<T>(string ResourceVersion, string? Continue, IReadOnlyList<KubeObject<T>> Items)
    where T : notnull
{
    /// <summary>
    /// Reads a page item by item as it comes in. A list of what a server has in memory is not cut into pages, and may be a
    /// hundred times as long as what is kept of it.
    /// </summary>
    /// <exception cref="IOException">It is no list, or was cut off.</exception>
    public static async Task<ListPage<T>> ReadAsync(
        ResourceType<T> type, HttpContent content, bool metadataOnly, CancellationToken cancelled)
    {
        var stream = await content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        var parser = new ListParser<T>(type, metadataOnly);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancelled).ConfigureAwait(false);
                reader.AdvanceTo(parser.Parse(read.Buffer, read.IsCompleted), read.Buffer.End);
                if (read.IsCompleted) return parser.Page;
            }
        }
        catch (JsonException e)
        {
            throw new IOException($"The answer is no list of {type.FullName}: {e.Message}", e);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
