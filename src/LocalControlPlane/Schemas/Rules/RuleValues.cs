using System.Text.Json.Nodes;
using LocalControlPlane.Cel.Functions;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>JSON as values of the rule language, typed by the schema.</summary>
internal static class RuleValues
{
    public static CelValue Of(StructuralSchema? schema, JsonNode? node) => node switch
    {
        null => NullValue.Instance,
        JsonArray list => new ListValue([.. list.Select(element => Of(schema?.Items, element))], Identity(schema)),
        JsonObject map when schema is null or { AdditionalProperties: not null } =>
            MapValue.Of([.. map.Select(entry => new KeyValuePair<CelValue, CelValue>(
                new StringValue(entry.Key), Of(schema?.AdditionalProperties, entry.Value)))]),
        JsonObject fields => new RuleObject(schema, fields),
        _ => Scalar(schema, node),
    };

    private static CelValue Scalar(StructuralSchema? schema, JsonNode node)
    {
        if (JsonScalar.TryBoolean(node, out var flag)) return BoolValue.Of(flag);
        if (JsonScalar.TryText(node, out var text)) return Text(schema?.Type == SchemaType.String ? schema.Format : "", text);
        if (schema?.Type != SchemaType.Number && JsonScalar.TryInteger(node, out var whole)) return new IntValue(whole);
        return JsonScalar.TryNumber(node, out var number)
            ? new DoubleValue(number)
            : new ErrorValue($"'{node.ToJsonString()}' is not a number");
    }

    private static CelValue Text(string format, string text) => format switch
    {
        "byte" => Bytes(text),
        "duration" => TimeText.Duration(text) ?? new ErrorValue($"'{text}' is not a duration"),
        "date-time" => TimeText.Timestamp(text) ?? new ErrorValue($"'{text}' is not a moment of RFC 3339"),
        "date" => TimeText.Timestamp(text + "T00:00:00Z") ?? new ErrorValue($"'{text}' is not a date"),
        _ => new StringValue(text),
    };

    private static CelValue Bytes(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length)
            ? new BytesValue(buffer.AsMemory(0, length))
            : new ErrorValue($"'{text}' is not base64");
    }

    private static ListIdentity? Identity(StructuralSchema? schema) => schema?.ListKind switch
    {
        ListKind.Set => new ListIdentity([]),
        ListKind.Map => new ListIdentity([.. schema.ListMapKeys.Select(RuleNames.Escape).OfType<string>()]),
        _ => null,
    };
}
