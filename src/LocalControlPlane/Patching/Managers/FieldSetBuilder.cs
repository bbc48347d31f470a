using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching.Managers;

/// <summary>The paths that an applied object claims.</summary>
internal static class FieldSetBuilder
{
    public static FieldSet Of(StructuralSchema schema, JsonObject value)
    {
        var set = new FieldSet();
        Walk(schema, value, [], set);
        return set;
    }

    private static void Walk(StructuralSchema? schema, JsonNode? value, List<string> path, FieldSet set)
    {
        switch (value)
        {
            case JsonObject fields when !IsAtomic(schema, fields):
                foreach (var (name, inner) in fields)
                {
                    path.Add(PathElement.Field(name));
                    Walk(schema?.Property(name), inner, path, set);
                    // Keys of a map belong to who sets them, and so do objects that are empty; described objects do not.
                    if (inner is JsonObject { Count: 0 } || schema?.Properties.ContainsKey(name) != true) set.Insert(path);
                    path.RemoveAt(path.Count - 1);
                }

                break;

            case JsonArray elements when !IsAtomic(schema, elements):
                foreach (var element in elements)
                {
                    path.Add(PathElement.Element(schema!, element));
                    if (schema!.ListKind == ListKind.Map) Walk(schema.Items, element, path, set);
                    set.Insert(path);
                    path.RemoveAt(path.Count - 1);
                }

                break;

            default:
                if (path.Count > 0) set.Insert(path);
                break;
        }
    }

    /// <summary>The value is owned as a whole: scalars, atomic objects, and lists
    /// without an identity for their elements.</summary>
    public static bool IsAtomic(StructuralSchema? schema, JsonNode? value) => value switch
    {
        JsonObject => schema?.IsAtomicMap == true,
        JsonArray => schema is null || schema.ListKind == ListKind.Atomic,
        _ => true,
    };
}
