using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeApi.Objects;

/// <summary>An object as the server sent it. Immutable, so a cache may hand it to everybody.</summary>
public class KubeObject
{
    /// <param name="json">Owned by this object from now on: it must not belong to a document that is disposed of.</param>
    public KubeObject(JsonElement json)
    {
        Json = json;
        Metadata = json.TryGetProperty("metadata", out var metadata)
            ? metadata.Deserialize(KubeJson.Default.ObjectMeta) ?? new ObjectMeta()
            : new ObjectMeta();
    }

    /// <summary>Every field, also those that no type here knows.</summary>
    public JsonElement Json { get; }

    public ObjectMeta Metadata { get; }

    public ObjectKey Key => new(Metadata.Namespace, Metadata.Name);

    /// <summary>A copy to change and send back; what the caller does not touch is sent back as it came.</summary>
    public JsonObject ToJsonObject() => JsonObject.Create(Json.Clone())!;
}
