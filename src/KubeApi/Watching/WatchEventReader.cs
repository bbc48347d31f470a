using System.Buffers;
using System.Text.Json;
using KubeApi.Client;
using KubeApi.Objects;

namespace KubeApi.Watching;

/// <summary>Reads one event of a watch.</summary>
internal static class WatchEventReader
{
    /// <exception cref="KubeApiException">The event is an ERROR.</exception>
    /// <exception cref="InvalidDataException">It is not an event.</exception>
    public static WatchEvent<T> Read<T>(ResourceType<T> type, ReadOnlySequence<byte> frame, ApiRequest request, bool metadataOnly)
        where T : notnull
    {
        using var document = Parse(frame);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("type", out var kind)
            || !root.TryGetProperty("object", out var content)
            || content.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("A watch sent something that is no event.");

        switch (kind.GetString())
        {
            case "ADDED": return Event(WatchEventType.Added);
            case "MODIFIED": return Event(WatchEventType.Modified);
            case "DELETED": return Event(WatchEventType.Deleted);
            case "BOOKMARK": return Event(WatchEventType.Bookmark);
            case "ERROR":
                throw new KubeApiException(request.ToString(), content.Deserialize(KubeJson.Default.ApiStatus)
                    ?? new ApiStatus(500, null, "no reason given", null));
            default:
                throw new InvalidDataException($"A watch sent an event of an unknown type: {kind}.");
        }

        WatchEvent<T> Event(WatchEventType what) => new(what, CompactJson.Of(type, content, metadataOnly));
    }

    private static JsonDocument Parse(ReadOnlySequence<byte> frame)
    {
        try
        {
            return JsonDocument.Parse(frame, JsonDepth.Parsing);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("A watch sent something that is not JSON.", e);
        }
    }
}
