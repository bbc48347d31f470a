using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>In a set each scalar, and in a map list each combination of keys, comes once.</summary>
internal static class ListUniqueness
{
    public static void Check(StructuralSchema schema, JsonArray elements, FieldPath path, List<FieldError> errors)
    {
        if (schema.ListKind == ListKind.Atomic) return;

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            var identity = schema.ListKind == ListKind.Set ? elements[i] : Keys(schema, elements[i]);
            if (!seen.Add(identity?.ToJsonString() ?? "null")) errors.Add(FieldError.Duplicate(path.Index(i), identity));
        }
    }

    private static JsonObject Keys(StructuralSchema schema, JsonNode? element)
    {
        var keys = new JsonObject();
        foreach (var key in schema.ListMapKeys)
        {
            var value = (element as JsonObject)?[key] ?? schema.Items?.Property(key)?.Default;
            if (value is not null) keys[key] = value.DeepClone();
        }

        return keys;
    }
}
