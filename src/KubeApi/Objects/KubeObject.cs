using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeApi.Objects;

/// <summary>An object as the server sent it. Immutable, so a cache may hand it to everybody.</summary>
/// <remarks>Caches hold thousands, so what is held is the text; the tree over it would be as large again.</remarks>
public class KubeObject
{
    private readonly byte[] _text;

    /// <param name="json">Copied.</param>
    public KubeObject(JsonElement json)
        : this(JsonMarshal.GetRawUtf8Value(json).ToArray(), json)
    {
    }

    /// <param name="text">The object in UTF-8; owned by this object from now on.</param>
    /// <param name="parsed">The object, or what it was made from, for its metadata; not kept.</param>
    internal KubeObject(byte[] text, JsonElement parsed)
    {
        _text = text;
        Metadata = parsed.TryGetProperty("metadata", out var metadata)
            ? metadata.Deserialize(KubeJson.Default.ObjectMeta) ?? new ObjectMeta()
            : new ObjectMeta();
    }

    /// <summary>Every field, also those that no type here knows. Parsed anew each time:
    /// keep it while you read several fields.</summary>
    public JsonElement Json => JsonElement.Parse(_text, JsonDepth.Parsing);

    public ObjectMeta Metadata { get; }

    public ObjectKey Key => new(Metadata.Namespace, Metadata.Name);

    /// <summary>The object in UTF-8.</summary>
    protected ReadOnlySpan<byte> Text => _text;

    /// <summary>A copy to change and send back; what the caller does not touch is sent back as it came.</summary>
    public JsonObject ToJsonObject() => JsonObject.Create(Json)!;
}
