using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>The types of the rule language that the types of a schema become.</summary>
internal static class RuleTypes
{
    /// <summary>Null when a rule cannot reach the value.</summary>
    public static CelType? Of(StructuralSchema schema)
    {
        if (schema.IsIntOrString) return CelType.Dyn;
        return schema.Type switch
        {
            SchemaType.String => OfFormat(schema.Format),
            SchemaType.Integer => CelType.Int,
            SchemaType.Number => CelType.Double,
            SchemaType.Boolean => CelType.Bool,
            SchemaType.Array => schema.Items?.RuleType is { } element ? CelType.List(element) : null,
            SchemaType.Object when schema.IsEmbeddedResource => OfRoot(schema),
            SchemaType.Object when schema.AdditionalProperties is { } any =>
                any.RuleType is { } value ? CelType.Map(CelType.String, value) : null,
            SchemaType.Object => OfFields("object", schema.Properties),
            _ => null,
        };
    }

    /// <summary>A whole resource: of its metadata rules see the name only.</summary>
    public static CelType OfRoot(StructuralSchema schema)
    {
        var metadata = CelType.Object(
            "metadata", new Dictionary<string, CelType> { ["name"] = CelType.String, ["generateName"] = CelType.String });
        var fields = new Dictionary<string, CelType>(OfFields("object", schema.Properties).Fields!, StringComparer.Ordinal)
        {
            ["metadata"] = metadata,
        };
        return CelType.Object("object", fields);
    }

    private static CelType OfFormat(string format) => format switch
    {
        "byte" => CelType.Bytes,
        "duration" => CelType.Duration,
        "date" or "date-time" => CelType.Timestamp,
        _ => CelType.String,
    };

    private static CelType OfFields(string name, IReadOnlyDictionary<string, StructuralSchema> properties)
    {
        var fields = new Dictionary<string, CelType>(StringComparer.Ordinal);
        foreach (var (property, schema) in properties)
        {
            if (RuleNames.Escape(property) is { } escaped && schema.RuleType is { } type) fields[escaped] = type;
        }

        return CelType.Object(name, fields);
    }
}
