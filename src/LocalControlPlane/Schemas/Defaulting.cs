using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>Fills in defaults, top down, so that a default object gets the defaults of its fields.</summary>
public static class Defaulting
{
    /// <summary>Changes the object. A null where none is allowed counts as absent:
    /// the default takes its place, or it goes.</summary>
    public static void Apply(StructuralSchema schema, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(schema);
        switch (value)
        {
            case JsonObject fields:
                foreach (var (name, property) in schema.Properties)
                {
                    var isThere = fields.TryGetPropertyValue(name, out var inner);
                    if (inner is null && !(isThere && property.IsNullable))
                    {
                        if (property.Default is { } fallback) fields[name] = fallback.DeepClone();
                        else if (isThere) fields.Remove(name);
                    }
                }

                foreach (var (name, inner) in fields.ToList())
                {
                    if (schema.Property(name) is not { } property) continue;
                    if (inner is null && !property.IsNullable && property.Default is { } fallback)
                        fields[name] = fallback.DeepClone();
                    Apply(property, fields[name]);
                }

                break;

            case JsonArray elements when schema.Items is { } items:
                for (var i = 0; i < elements.Count; i++)
                {
                    if (elements[i] is null && !items.IsNullable && items.Default is { } fallback)
                        elements[i] = fallback.DeepClone();
                    Apply(items, elements[i]);
                }

                break;
        }
    }
}
