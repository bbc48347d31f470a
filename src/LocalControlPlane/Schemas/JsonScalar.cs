using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>Reads scalars alike, whether a node holds parsed text or a value of .NET.</summary>
internal static class JsonScalar
{
    /// <summary>For messages: quotes and letters beyond ASCII stay legible.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool TryText(JsonNode? node, out string text)
    {
        text = "";
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String) return false;
        text = value.TryGetValue(out string? direct) ? direct : JsonSerializer.Deserialize<string>(value.ToJsonString())!;
        return true;
    }

    public static string? TextOf(JsonNode? node) => TryText(node, out var text) ? text : null;

    /// <summary>A whole number, also when it is written 5.0.</summary>
    public static bool TryInteger(JsonNode? node, out long number)
    {
        number = 0;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return false;
        if (value.TryGetValue(out number)) return true;
        var text = value.ToJsonString();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d)
            || d != Math.Floor(d) || Math.Abs(d) >= 1L << 53)
            return false;
        number = (long)d;
        return true;
    }

    public static bool TryNumber(JsonNode? node, out double number)
    {
        number = 0;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return false;
        return value.TryGetValue(out number)
            || double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryBoolean(JsonNode? node, out bool flag)
    {
        var kind = node is JsonValue value ? value.GetValueKind() : JsonValueKind.Undefined;
        flag = kind == JsonValueKind.True;
        return kind is JsonValueKind.True or JsonValueKind.False;
    }

    /// <summary>The type of a value, as messages and schemas call it.</summary>
    public static string TypeName(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => TryInteger(node, out _) ? "integer" : "number",
            _ => "null",
        },
    };
}
