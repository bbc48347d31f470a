using System.Text.Json.Nodes;
using LocalControlPlane.Cel;
using LocalControlPlane.Schemas.BuiltIn;
using LocalControlPlane.Schemas.Rules;

namespace LocalControlPlane.Schemas;

/// <summary>
/// Reads <c>openAPIV3Schema</c> and holds it to what Kubernetes calls structural: a type everywhere, described from the root,
/// with nothing but values demanded inside allOf, anyOf, oneOf and not. Rules are compiled on the way.
/// </summary>
public sealed class SchemaReader
{
    private readonly List<SchemaProblem> _problems = [];

    private SchemaReader()
    {
    }

    /// <summary>The schema of whole objects of a custom kind: what the definition says, with apiVersion,
    /// kind and metadata as all objects have them.</summary>
    /// <param name="problems">Everything that is wrong; when not empty the schema must not be served.</param>
    public static StructuralSchema ReadObject(JsonObject openApiV3Schema, out IReadOnlyList<SchemaProblem> problems)
    {
        var reader = new SchemaReader();
        var root = reader.Read(openApiV3Schema, "", structural: true, correlatable: true);
        if (root.Type != SchemaType.Object) reader.Problem("", "type: must be object at the root");

        var whole = reader.Ruled(openApiV3Schema, "", true, Copy(root, WithEnvelope(root)));
        problems = [.. reader._problems, .. RuleCosts.Problems(whole)];
        return whole;
    }

    private static Dictionary<string, StructuralSchema> WithEnvelope(StructuralSchema schema)
    {
        var properties = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal)
        {
            ["apiVersion"] = BuiltInSchemas.ApiVersion, ["kind"] = BuiltInSchemas.Kind, ["metadata"] = Metadata(schema),
        };
        foreach (var (name, property) in schema.Properties) properties.TryAdd(name, property);
        return properties;
    }

    /// <summary>Of metadata a definition may restrict the name, and nothing else.</summary>
    private static StructuralSchema Metadata(StructuralSchema schema)
    {
        var metadata = BuiltInSchemas.ObjectMeta;
        var name = schema.Properties.GetValueOrDefault("metadata")?.Properties.GetValueOrDefault("name");
        if (name is null) return metadata;

        return Copy(metadata, new Dictionary<string, StructuralSchema>(metadata.Properties, StringComparer.Ordinal)
        {
            ["name"] = new()
            {
                Type = SchemaType.String, Description = metadata.Properties["name"].Description, Checks = name.Checks,
            },
        });
    }

    private static StructuralSchema Copy(
        StructuralSchema schema, Dictionary<string, StructuralSchema> properties, IReadOnlyList<ValidationRule>? rules = null) =>
        new()
        {
            Type = schema.Type, IsIntOrString = schema.IsIntOrString, PreservesUnknownFields = schema.PreservesUnknownFields,
            IsEmbeddedResource = schema.IsEmbeddedResource, IsNullable = schema.IsNullable,
            Description = schema.Description, Format = schema.Format,
            Properties = properties, Items = schema.Items,
            AdditionalProperties = schema.AdditionalProperties, Default = schema.Default,
            Checks = schema.Checks, ListKind = schema.ListKind,
            ListMapKeys = schema.ListMapKeys, IsAtomicMap = schema.IsAtomicMap,
            Rules = rules ?? schema.Rules,
        };

    private void Problem(string path, string message) => _problems.Add(new SchemaProblem(path, message));

    /// <param name="structural">False inside allOf, anyOf, oneOf and not, where no type is needed.</param>
    /// <param name="correlatable">An old value can be found for it, so that rules may use oldSelf.</param>
    private StructuralSchema Read(JsonObject source, string path, bool structural, bool correlatable)
    {
        if (source.ContainsKey("$ref")) Problem(path, "$ref is not supported; write the schema out");
        var type = Type(source, path);
        var isIntOrString = Flag(source, "x-kubernetes-int-or-string");
        var preserves = Flag(source, "x-kubernetes-preserve-unknown-fields");
        if (structural && type == SchemaType.Any && !isIntOrString && !preserves)
            Problem(path, "type: Required value: must not be empty for specified object fields");

        var listKind = Kind(source, path);
        var isAtomicMap = JsonScalar.TextOf(source["x-kubernetes-map-type"]) == "atomic";
        var schema = new StructuralSchema
        {
            Type = type,
            IsIntOrString = isIntOrString,
            PreservesUnknownFields = preserves,
            IsEmbeddedResource = Flag(source, "x-kubernetes-embedded-resource"),
            IsNullable = Flag(source, "nullable"),
            Description = JsonScalar.TextOf(source["description"]) ?? "",
            Format = JsonScalar.TextOf(source["format"]) ?? "",
            Properties = Properties(source, path, structural, correlatable && !isAtomicMap),
            Items = Items(source, path, structural, correlatable && listKind == ListKind.Map, type),
            AdditionalProperties = AnyKey(source, path, structural, correlatable && !isAtomicMap),
            Default = source["default"],
            Checks = Checks(source, path, isIntOrString),
            ListKind = listKind,
            ListMapKeys = Texts(source, "x-kubernetes-list-map-keys"),
            IsAtomicMap = isAtomicMap,
        };
        CheckListKeys(schema, path);
        if (schema.IsEmbeddedResource) schema = Copy(schema, WithEnvelope(schema));
        // The root gets its rules once it has metadata, which they may look at.
        return path.Length == 0 ? schema : Ruled(source, path, correlatable, schema);
    }

    private SchemaType Type(JsonObject source, string path)
    {
        var text = JsonScalar.TextOf(source["type"]);
        if (text is null) return SchemaType.Any;
        if (Enum.TryParse<SchemaType>(text, ignoreCase: true, out var type) && type != SchemaType.Any) return type;
        Problem(path, $"type: Unsupported value: \"{text}\"");
        return SchemaType.Any;
    }

    private ListKind Kind(JsonObject source, string path)
    {
        switch (JsonScalar.TextOf(source["x-kubernetes-list-type"]))
        {
            case null or "atomic": return ListKind.Atomic;
            case "set": return ListKind.Set;
            case "map": return ListKind.Map;
            case var other:
                Problem(
                    path,
                    $"x-kubernetes-list-type: Unsupported value: \"{other}\": supported values: \"atomic\", \"set\", \"map\"");
                return ListKind.Atomic;
        }
    }

    private void CheckListKeys(StructuralSchema schema, string path)
    {
        if (schema.ListKind == ListKind.Map && schema.ListMapKeys.Count == 0)
            Problem(path, "x-kubernetes-list-map-keys: Required value: must not be empty for a list of type map");
        foreach (var key in schema.ListMapKeys.Where(_ => schema.Items is not null))
        {
            if (!schema.Items!.Properties.TryGetValue(key, out var property))
                Problem(path, $"x-kubernetes-list-map-keys: Invalid value: \"{key}\": the elements have no such property");
            else if (property.Default is null && !schema.Items.Checks.Required.Contains(key))
                Problem(path, $"x-kubernetes-list-map-keys: Invalid value: \"{key}\": must be required or have a default");
        }
    }

    private Dictionary<string, StructuralSchema> Properties(JsonObject source, string path, bool structural, bool correlatable)
    {
        var properties = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);
        foreach (var (name, inner) in source["properties"] as JsonObject ?? [])
        {
            var at = Child(path, $"properties[{name}]");
            // What a definition says of apiVersion and kind is only documentation, and of metadata only a demand on the name.
            var envelope = path.Length == 0 && name is "apiVersion" or "kind" or "metadata";
            if (inner is JsonObject schema) properties[name] = Read(schema, at, structural && !envelope, correlatable);
            else Problem(at, "must be a schema");
        }

        return properties;
    }

    private StructuralSchema? Items(JsonObject source, string path, bool structural, bool correlatable, SchemaType type)
    {
        if (source["items"] is JsonObject items) return Read(items, Child(path, "items"), structural, correlatable);
        if (structural && type == SchemaType.Array) Problem(path, "items: Required value: must be specified");
        return null;
    }

    private StructuralSchema? AnyKey(JsonObject source, string path, bool structural, bool correlatable)
    {
        if (source["additionalProperties"] is not { } any) return null;
        if (source["properties"] is JsonObject { Count: > 0 })
            Problem(path, "additionalProperties: Forbidden: must not be used together with properties");
        if (any is JsonObject schema) return Read(schema, Child(path, "additionalProperties"), structural, correlatable);
        return new StructuralSchema { PreservesUnknownFields = true };
    }

    private ValueChecks Checks(JsonObject source, string path, bool isIntOrString)
    {
        var pattern = JsonScalar.TextOf(source["pattern"]);
        if (pattern is not null && !Re2.TryCompile(pattern, out _, out var problem))
            Problem(path, $"pattern: Invalid value: {problem}");
        var anyOf = Junctor(source, "anyOf", path);
        return new ValueChecks
        {
            Enum = source["enum"] is JsonArray values ? [.. values] : [],
            Pattern = pattern,
            Minimum = Number(source, "minimum"),
            MinimumIsExclusive = Flag(source, "exclusiveMinimum"),
            Maximum = Number(source, "maximum"),
            MaximumIsExclusive = Flag(source, "exclusiveMaximum"),
            MultipleOf = Number(source, "multipleOf"),
            MinLength = Count(source, "minLength"),
            MaxLength = Count(source, "maxLength"),
            MinItems = Count(source, "minItems"),
            MaxItems = Count(source, "maxItems"),
            MinProperties = Count(source, "minProperties"),
            MaxProperties = Count(source, "maxProperties"),
            Required = Texts(source, "required"),
            AllOf = Junctor(source, "allOf", path),
            // anyOf: [integer, string] is how int-or-string is documented; the mark itself is checked.
            AnyOf = isIntOrString ? [] : anyOf,
            OneOf = Junctor(source, "oneOf", path),
            Not = source["not"] is JsonObject not ? Read(not, Child(path, "not"), structural: false, correlatable: false) : null,
        };
    }

    private List<StructuralSchema> Junctor(JsonObject source, string name, string path)
    {
        var inner = new List<StructuralSchema>();
        foreach (var schema in (source[name] as JsonArray ?? []).OfType<JsonObject>())
        {
            inner.Add(Read(schema, Child(path, $"{name}[{inner.Count}]"), structural: false, correlatable: false));
        }

        return inner;
    }

    private StructuralSchema Ruled(JsonObject source, string path, bool correlatable, StructuralSchema schema)
    {
        if (source["x-kubernetes-validations"] is not JsonArray { Count: > 0 } rules) return schema;

        var compiled = new List<ValidationRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var at = Child(path, $"x-kubernetes-validations[{i}].rule");
            var text = JsonScalar.TextOf(rules[i]?["rule"]) ?? "";
            var rule = ValidationRule.TryCompile(
                schema, text, JsonScalar.TextOf(rules[i]?["message"]) ?? "", path.Length == 0, out var problem);
            if (rule is null) Problem(at, $"Invalid value: \"{text}\": compilation failed: {problem}");
            else if (rule.IsTransition && !correlatable)
                Problem(at, $"Invalid value: \"{text}\": oldSelf cannot be used on the uncorrelatable portion of the schema");
            else compiled.Add(rule);
        }

        return Copy(schema, schema.Properties.ToDictionary(StringComparer.Ordinal), compiled);
    }

    private static string Child(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool Flag(JsonObject source, string name) => JsonScalar.TryBoolean(source[name], out var flag) && flag;

    private static double? Number(JsonObject source, string name) =>
        JsonScalar.TryNumber(source[name], out var number) ? number : null;

    private static long? Count(JsonObject source, string name) =>
        JsonScalar.TryInteger(source[name], out var number) ? number : null;

    private static List<string> Texts(JsonObject source, string name) =>
        [.. (source[name] as JsonArray ?? []).Select(JsonScalar.TextOf).OfType<string>()];
}
