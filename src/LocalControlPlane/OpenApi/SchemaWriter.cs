using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.OpenApi;

/// <summary>A schema in the form of OpenAPI 3.0, with the extensions that kubectl and other clients read.</summary>
internal static class SchemaWriter
{
    public static JsonObject Write(StructuralSchema schema)
    {
        var json = new JsonObject();
        if (schema.Description.Length > 0) json["description"] = schema.Description;
        if (schema.Type != SchemaType.Any) json["type"] = schema.Type.ToString().ToLowerInvariant();
        if (schema.Format.Length > 0) json["format"] = schema.Format;
        if (schema.IsNullable) json["nullable"] = true;
        if (schema.Default is { } fallback) json["default"] = fallback.DeepClone();
        if (schema.IsIntOrString)
        {
            json["format"] = "int-or-string";
            json["x-kubernetes-int-or-string"] = true;
            json["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
        }

        WriteStructure(schema, json);
        WriteChecks(schema.Checks, json);
        WriteExtensions(schema, json);
        return json;
    }

    private static void WriteStructure(StructuralSchema schema, JsonObject json)
    {
        if (schema.Properties.Count > 0)
        {
            var properties = new JsonObject();
            foreach (var (name, property) in schema.Properties) properties[name] = Write(property);
            json["properties"] = properties;
        }

        if (schema.Items is { } items) json["items"] = Write(items);
        if (schema.AdditionalProperties is { } any) json["additionalProperties"] = Write(any);
    }

    private static void WriteChecks(ValueChecks checks, JsonObject json)
    {
        if (checks.Enum.Count > 0) json["enum"] = new JsonArray([.. checks.Enum.Select(value => value?.DeepClone())]);
        if (checks.Required.Count > 0)
            json["required"] = new JsonArray([.. checks.Required.Select(name => JsonValue.Create(name))]);
        if (checks.Pattern is { } pattern) json["pattern"] = pattern;
        if (checks.MinimumIsExclusive) json["exclusiveMinimum"] = true;
        if (checks.MaximumIsExclusive) json["exclusiveMaximum"] = true;
        foreach (var (name, value) in new[]
        {
            ("minimum", checks.Minimum), ("maximum", checks.Maximum), ("multipleOf", checks.MultipleOf),
        })
        {
            if (value is { } number) json[name] = number;
        }

        foreach (var (name, value) in new[]
        {
            ("minLength", checks.MinLength), ("maxLength", checks.MaxLength),
            ("minItems", checks.MinItems), ("maxItems", checks.MaxItems),
            ("minProperties", checks.MinProperties), ("maxProperties", checks.MaxProperties),
        })
        {
            if (value is { } count) json[name] = count;
        }

        foreach (var (name, schemas) in new[] { ("allOf", checks.AllOf), ("anyOf", checks.AnyOf), ("oneOf", checks.OneOf) })
        {
            if (schemas.Count > 0) json[name] = new JsonArray([.. schemas.Select(Write)]);
        }

        if (checks.Not is { } not) json["not"] = Write(not);
    }

    private static void WriteExtensions(StructuralSchema schema, JsonObject json)
    {
        if (schema.PreservesUnknownFields) json["x-kubernetes-preserve-unknown-fields"] = true;
        if (schema.IsEmbeddedResource) json["x-kubernetes-embedded-resource"] = true;
        if (schema.IsAtomicMap) json["x-kubernetes-map-type"] = "atomic";
        if (schema.Type == SchemaType.Array) json["x-kubernetes-list-type"] = schema.ListKind.ToString().ToLowerInvariant();
        if (schema.ListMapKeys.Count > 0)
            json["x-kubernetes-list-map-keys"] = new JsonArray([.. schema.ListMapKeys.Select(key => JsonValue.Create(key))]);
        if (schema.Rules.Count > 0)
        {
            json["x-kubernetes-validations"] = new JsonArray(
                [.. schema.Rules.Select(rule => new JsonObject { ["rule"] = rule.Program.Source, ["message"] = rule.Message })]);
        }

        if (schema.Strategy is not { } strategy) return;
        if (strategy.MergeKey is { } key2) json["x-kubernetes-patch-merge-key"] = key2;
        json["x-kubernetes-patch-strategy"] = (strategy.Merges, strategy.RetainsKeys) switch
        {
            (true, true) => "merge,retainKeys",
            (true, false) => "merge",
            _ => "retainKeys",
        };
    }
}
