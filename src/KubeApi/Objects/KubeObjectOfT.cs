using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeApi.Objects;

/// <summary>An object together with its typed view.</summary>
public sealed class KubeObject<T> : KubeObject
    where T : notnull
{
    private volatile object? _value;

    public KubeObject(ResourceType<T> type, JsonElement json)
        : base(json) => Type = type;

    internal KubeObject(ResourceType<T> type, byte[] text, JsonElement parsed)
        : base(text, parsed) => Type = type;

    public ResourceType<T> Type { get; }

    /// <summary>The typed view, read when first asked for.</summary>
    /// <exception cref="JsonException">The object does not fit the type. Only whoever asks meets it:
    /// a cache holds the object all the same.</exception>
    public T Value => (T)(_value ??= JsonSerializer.Deserialize(Text, Type.Json)
        ?? throw new JsonException($"A {Type.Kind} was null where an object belongs."));

    /// <summary>The object with a typed change worked in; fields that <typeparamref name="T"/> does not know are kept.</summary>
    /// <returns>What to send with <c>ReplaceAsync</c>: it carries the resourceVersion,
    /// so another's change in between is a conflict.</returns>
    public JsonObject With(Func<T, T> change)
    {
        var before = JsonSerializer.SerializeToNode(Value, Type.Json);
        var after = JsonSerializer.SerializeToNode(change(Value), Type.Json);
        return (JsonObject)Applying.TypedChange.Merge(ToJsonObject(), before, after)!;
    }
}
