using System.Runtime.CompilerServices;
using KubeApi.Client;
using KubeApi.Objects;

namespace KubeApi.Watching;

/// <summary>One watch that the server has taken.</summary>
internal sealed class WatchConnection<T>(
    ResourceType<T> type, WatchOptions options, ApiRequest request, HttpResponseMessage response, TimeProvider time) : IDisposable
    where T : notnull
{
    public async IAsyncEnumerable<WatchEvent<T>> EventsAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
        var frames = new WatchFrames(stream, options.Timeout, time);
        await foreach (var frame in frames.ReadAsync(cancelled).ConfigureAwait(false))
        {
            var happened = WatchEventReader.Read(type, frame, request, options.MetadataOnly);
            frames.HasBookmarks |= happened.Type == WatchEventType.Bookmark;
            yield return happened;
        }
    }

    public void Dispose() => response.Dispose();
}
