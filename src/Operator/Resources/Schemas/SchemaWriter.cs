using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Operator.Resources.Schemas;

/// <summary>Writes a shape as a structural OpenAPI schema, with CEL rules.</summary>
/// <param name="withDefaults">Off for a status: its defaults are the operator's business.</param>
public sealed class SchemaWriter(Documentation documentation, bool withDefaults)
{
    public JsonObject Write(ValueShape.Section section, string description)
    {
        var properties = new JsonObject();
        foreach (var field in section.Fields) properties[field.Name] = WriteField(field);

        var schema = new JsonObject { ["description"] = description, ["type"] = "object", ["properties"] = properties };
        var required = section.Fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        AddRules(schema, section.Rules);
        return schema;
    }

    private JsonObject WriteField(ShapeField field)
    {
        var schema = WriteValue(field.Shape, Describe(field));
        if (withDefaults && field.Default is { } value) schema["default"] = value.DeepClone();
        AddRules(schema, field.Rules);
        return schema;
    }

    private string Describe(ShapeField field)
    {
        var text = documentation.Of(field.Property).Replace("`", "", StringComparison.Ordinal);
        if (withDefaults && BoundsText.Of(field.Default) is { } value) text += $" Default: {value}.";
        // kubectl explain lists the words of an enum itself.
        var bounds = field.Shape is ValueShape.Word ? "" : BoundsText.Of(field.Shape);
        return withDefaults && bounds.Length > 0 ? $"{text} Bounds: {bounds}." : text;
    }

    private JsonObject WriteValue(ValueShape shape, string? description)
    {
        var schema = new JsonObject();
        if (description is not null) schema["description"] = description;
        switch (shape)
        {
            case ValueShape.Section section:
                return Write(section, description ?? documentation.Of(section.Type).Replace("`", "", StringComparison.Ordinal));
            case ValueShape.Text text:
                schema["type"] = "string";
                if (text.MinLength > 0) schema["minLength"] = text.MinLength;
                schema["maxLength"] = text.MaxLength;
                if (text.Patterns.Count == 1) schema["pattern"] = text.Patterns[0];
                if (text.Patterns.Count > 1)
                    schema["allOf"] = new JsonArray(
                        [.. text.Patterns.Select(pattern => new JsonObject { ["pattern"] = pattern })]);
                break;
            case ValueShape.Word word:
                schema["type"] = "string";
                schema["enum"] = new JsonArray([.. word.Words.Select(name => (JsonNode)name)]);
                break;
            case ValueShape.Duration:
                schema["type"] = "string";
                schema["minLength"] = 2;
                schema["maxLength"] = 32;
                schema["pattern"] = GoDuration.Pattern;
                break;
            case ValueShape.Time:
                schema["type"] = "string";
                schema["format"] = "date-time";
                schema["maxLength"] = 64;
                break;
            case ValueShape.Flag:
                schema["type"] = "boolean";
                break;
            case ValueShape.Number number:
                schema["type"] = "integer";
                schema["format"] = number.IsLong ? "int64" : "int32";
                schema["minimum"] = number.Least;
                if (number.Most is not (long.MaxValue or int.MaxValue)) schema["maximum"] = number.Most;
                break;
            case ValueShape.List list:
                schema["type"] = "array";
                if (list.Least > 0) schema["minItems"] = list.Least;
                schema["maxItems"] = list.Most;
                schema["items"] = WriteValue(list.Item, null);
                schema["x-kubernetes-list-type"] = list.Key is not null ? "map" : list.IsUnique ? "set" : "atomic";
                if (list.Key is { } key) schema["x-kubernetes-list-map-keys"] = new JsonArray(key);
                break;
            case ValueShape.Map map:
                schema["type"] = "object";
                schema["maxProperties"] = map.Most;
                schema["additionalProperties"] = WriteValue(
                    new ValueShape.Text(
                        0, TextRule.Of(map.Values).MaxLength,
                        TextRule.Of(map.Values).Pattern is { } pattern ? [pattern] : [], map.Values),
                    null);
                break;
            default:
                throw new UnreachableException();
        }
        return schema;
    }

    internal static void AddRules(JsonObject schema, IReadOnlyList<ShapeRule> rules)
    {
        if (rules.Count == 0) return;
        schema["x-kubernetes-validations"] = new JsonArray(
            [.. rules.Select(rule => new JsonObject { ["rule"] = rule.Expression, ["message"] = rule.Message })]);
    }
}
