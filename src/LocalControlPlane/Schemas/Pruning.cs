using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>Takes away what the schema does not describe.</summary>
public static class Pruning
{
    /// <summary>Changes the object.</summary>
    /// <returns>Paths of what was taken away, in the order of the object.</returns>
    public static IReadOnlyList<string> Prune(StructuralSchema schema, JsonObject value)
    {
        var unknown = new List<string>();
        Walk(schema, value, FieldPath.Root, unknown);
        return unknown;
    }

    private static void Walk(StructuralSchema schema, JsonNode? value, FieldPath path, List<string> unknown)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach (var (name, inner) in fields.ToList())
                {
                    var known = schema.Property(name);
                    var isKey = known is not null && !schema.Properties.ContainsKey(name);
                    var at = isKey ? path.Key(name) : path.Field(name);
                    if (known is not null)
                    {
                        Walk(known, inner, at, unknown);
                    }
                    else if (!schema.PreservesUnknownFields)
                    {
                        fields.Remove(name);
                        unknown.Add(at.Text);
                    }
                }

                break;

            case JsonArray elements when schema.Items is { } items:
                for (var i = 0; i < elements.Count; i++) Walk(items, elements[i], path.Index(i), unknown);
                break;
        }
    }
}
