using System.Text.Json;
using KubeApi.Objects;

namespace KubeApi.Client;

/// <summary>One page of a list.</summary>
/// <param name="Continue">Asks for the next page; null or empty on the last.</param>
internal sealed record ListPage<T>(string ResourceVersion, string? Continue, IReadOnlyList<KubeObject<T>> Items)
    where T : notnull
{
    public static ListPage<T> Read(ResourceType<T> type, byte[] json, bool metadataOnly)
    {
        var root = JsonElement.Parse(json);
        var metadata = root.GetProperty("metadata");
        var items = new List<KubeObject<T>>();
        if (root.TryGetProperty("items", out var array) && array.ValueKind == JsonValueKind.Array)
            foreach (var item in array.EnumerateArray()) items.Add(new KubeObject<T>(type, CompactJson.Of(type, item, metadataOnly)));

        return new ListPage<T>(
            metadata.TryGetProperty("resourceVersion", out var version) ? version.GetString() ?? "" : "",
            metadata.TryGetProperty("continue", out var next) ? next.GetString() : null,
            items);
    }
}
