using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas.BuiltIn;

/// <summary>Reads built-in.schema; the format is explained at its head.</summary>
internal sealed class BuiltInParser
{
    private readonly Dictionary<string, Definition> _types = [];
    private readonly Dictionary<string, StructuralSchema> _built = [];
    private readonly List<(string ApiVersion, Definition Definition)> _kinds = [];

    private BuiltInParser()
    {
    }

    /// <summary>A type or a kind, before the types it names are known.</summary>
    private sealed record Definition(string Name, bool IsAtomic, string Description)
    {
        public List<string> Fields { get; } = [];
    }

    /// <returns>The schemas of kinds by API version and name, and ObjectMeta's.</returns>
    /// <exception cref="FormatException">A line is not in the format;
    /// the data is part of the program, so this is a bug.</exception>
    public static (IReadOnlyDictionary<(string ApiVersion, string Kind), StructuralSchema> Kinds,
        StructuralSchema ObjectMeta) Parse(string text)
    {
        var parser = new BuiltInParser();
        parser.ReadLines(text);
        var metadata = parser.Named("ObjectMeta");
        return (parser._kinds.ToDictionary(
            kind => (kind.ApiVersion, kind.Definition.Name), kind => parser.Kind(kind.Definition, metadata)), metadata);
    }

    private void ReadLines(string text)
    {
        Definition? current = null;
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#'))
        {
            var (head, description) = Split(line);
            var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] == ' ')
            {
                (current ?? throw new FormatException($"a field without a type: {line}")).Fields.Add(line);
            }
            else if (words[0] == "type")
            {
                _types.Add(words[1], current = new Definition(words[1], words.Contains("atomic"), description));
            }
            else if (words[0] == "kind")
            {
                _kinds.Add((words[1], current = new Definition(words[2], false, description)));
            }
            else
            {
                throw new FormatException($"neither kind, type nor field: {line}");
            }
        }
    }

    private static (string Head, string Description) Split(string line)
    {
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        return bar > 0 ? (line[..bar], line[(bar + 3)..].Trim()) : throw new FormatException($"no description: {line}");
    }

    private StructuralSchema Kind(Definition definition, StructuralSchema metadata)
    {
        var fields = Object(definition);
        return new StructuralSchema
        {
            Type = SchemaType.Object, Description = fields.Description, Checks = fields.Checks,
            Properties = new Dictionary<string, StructuralSchema>(fields.Properties, StringComparer.Ordinal)
            {
                ["apiVersion"] = BuiltInSchemas.ApiVersion, ["kind"] = BuiltInSchemas.Kind, ["metadata"] = metadata,
            },
        };
    }

    private StructuralSchema Named(string name)
    {
        if (_built.TryGetValue(name, out var known)) return known;
        return _built[name] = Object(_types.GetValueOrDefault(name) ?? throw new FormatException($"no such type: {name}"));
    }

    private StructuralSchema Object(Definition definition)
    {
        var properties = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);
        var required = new List<string>();
        foreach (var line in definition.Fields)
        {
            var (head, description) = Split(line);
            var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[1].EndsWith('!')) required.Add(words[0]);
            properties.Add(words[0], Field(words[1].TrimEnd('!'), words[2..], description));
        }

        return new StructuralSchema
        {
            Type = SchemaType.Object,
            Description = definition.Description,
            Properties = properties,
            IsAtomicMap = definition.IsAtomic,
            Checks = new ValueChecks { Required = required },
        };
    }

    private StructuralSchema Field(string type, string[] options, string description)
    {
        string? Option(string name) =>
            options.FirstOrDefault(o => o.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

        var basic = OfType(type);
        var keys = Option("key");
        var mergeKey = Option("merge");
        var retains = options.Contains("retain");
        return new StructuralSchema
        {
            Type = basic.Type, IsIntOrString = basic.IsIntOrString,
            PreservesUnknownFields = basic.PreservesUnknownFields, IsNullable = basic.IsNullable,
            Format = basic.Format, Description = description, Properties = basic.Properties, Items = basic.Items,
            AdditionalProperties = basic.AdditionalProperties, Default = Value(basic, Option("default")),
            Checks = Option("enum") is { } values
                ? basic.Checks with { Enum = [.. values.Split(',').Select(v => (JsonNode)v)] }
                : basic.Checks,
            ListKind = keys is not null ? ListKind.Map : options.Contains("set") ? ListKind.Set : ListKind.Atomic,
            ListMapKeys = keys?.Split(',') ?? [],
            IsAtomicMap = basic.IsAtomicMap || options.Contains("atomic"),
            Strategy = mergeKey is not null || retains || options.Contains("merge")
                ? new PatchStrategy(mergeKey is not null || options.Contains("merge"), mergeKey, retains)
                : null,
        };
    }

    private static JsonNode? Value(StructuralSchema schema, string? text) => text is null ? null : schema.Type switch
    {
        SchemaType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        SchemaType.Boolean => bool.Parse(text),
        _ => text,
    };

    private StructuralSchema OfType(string type)
    {
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return new StructuralSchema { Type = SchemaType.Array, Items = OfType(type[2..]) };
        if (type.StartsWith("map[", StringComparison.Ordinal))
        {
            return new StructuralSchema { Type = SchemaType.Object, AdditionalProperties = OfType(type[4..^1]) };
        }

        return type switch
        {
            "string" => new StructuralSchema { Type = SchemaType.String },
            "bool" => new StructuralSchema { Type = SchemaType.Boolean },
            "int32" => new StructuralSchema { Type = SchemaType.Integer, Format = "int32" },
            "int64" => new StructuralSchema { Type = SchemaType.Integer, Format = "int64" },
            "number" => new StructuralSchema { Type = SchemaType.Number },
            "time" or "microtime" => new StructuralSchema { Type = SchemaType.String, Format = "date-time" },
            "quantity" or "intstr" => new StructuralSchema { IsIntOrString = true },
            "bytes" => new StructuralSchema { Type = SchemaType.String, Format = "byte" },
            "any" => new StructuralSchema { Type = SchemaType.Object, PreservesUnknownFields = true },
            _ => Named(type),
        };
    }
}
