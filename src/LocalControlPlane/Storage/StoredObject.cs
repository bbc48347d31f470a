using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Storage;

/// <summary>One object as it was committed. Never changes, so any thread may read it.</summary>
public sealed class StoredObject
{
    private readonly JsonDocument _document;

    /// <param name="json">UTF-8, with <c>metadata.resourceVersion</c> in it; owned by this object from now on.</param>
    /// <param name="schema">Stamp of the schema that the object was written under; see <c>ResourceType.SchemaStamp</c>.</param>
    public StoredObject(ObjectKey key, long revision, ReadOnlyMemory<byte> json, string schema)
    {
        Key = key;
        Revision = revision;
        Json = json;
        Schema = schema;
        _document = JsonDocument.Parse(json, JsonDepth.ReadStored);
        Labels = ReadLabels();
    }

    public ObjectKey Key { get; }

    /// <summary>The store's counter when it was written: its resourceVersion.</summary>
    public long Revision { get; }

    public string Schema { get; }

    public ReadOnlyMemory<byte> Json { get; }

    public JsonElement Root => _document.RootElement;

    public IReadOnlyDictionary<string, string> Labels { get; }

    public string Uid => Text("metadata", "uid") ?? "";

    /// <summary>A copy that the caller may change.</summary>
    public JsonObject ToMutable() => JsonNode.Parse(Json.Span, documentOptions: JsonDepth.ReadStored)!.AsObject();

    /// <summary>A string at a path of property names; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var current = Root;
        foreach (var name in path)
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current)) return null;
        return current.ValueKind == JsonValueKind.String ? current.GetString() : null;
    }

    private Dictionary<string, string> ReadLabels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Root.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("labels", out var found)
            || found.ValueKind != JsonValueKind.Object)
        {
            return labels;
        }

        foreach (var label in found.EnumerateObject()) labels[label.Name] = label.Value.GetString() ?? "";
        return labels;
    }
}
