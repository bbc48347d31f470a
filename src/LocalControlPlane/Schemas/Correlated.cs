using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>The stored value that a new one takes the place of, where it can be told which one that is.</summary>
/// <param name="IsThere">False when there is none: at creation, for new elements,
/// and inside lists whose elements have no identity.</param>
internal readonly record struct Correlated(JsonNode? Value, bool IsThere)
{
    public static Correlated None => default;

    public Correlated Field(string name)
    {
        JsonNode? inner = null;
        return IsThere && Value is JsonObject fields && fields.TryGetPropertyValue(name, out inner)
            ? new Correlated(inner, true)
            : None;
    }

    /// <summary>The element with the keys of another one; only in a map list.</summary>
    public Correlated Element(StructuralSchema list, JsonNode? element)
    {
        if (!IsThere || list.ListKind != ListKind.Map || Value is not JsonArray elements || element is not JsonObject wanted)
            return None;
        foreach (var candidate in elements)
        {
            if (candidate is JsonObject found && list.ListMapKeys.All(key => JsonNode.DeepEquals(found[key], wanted[key])))
                return new Correlated(found, true);
        }

        return None;
    }

    public bool IsUnchanged(JsonNode? value) => IsThere && JsonNode.DeepEquals(Value, value);
}
