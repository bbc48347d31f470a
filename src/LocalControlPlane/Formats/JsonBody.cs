using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats;

/// <summary>Reads JSON into nodes and notes properties that come twice, which JsonNode itself cannot hold.</summary>
internal static class JsonBody
{
    /// <param name="duplicates">Paths of properties that came more than once; the last value counts.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> json, out IReadOnlyList<string> duplicates)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonDepth.Sent });
        var found = new List<string>();
        reader.Read();
        JsonNode? node;
        try
        {
            node = ReadValue(ref reader, "", found);
        }
        catch (InvalidOperationException e)
        {
            // The reader's word for bytes that are no UTF-8, and for half of a surrogate pair.
            throw new JsonException("A string is not valid Unicode.", e);
        }

        if (reader.Read()) throw new JsonException("There is text behind the JSON document.");
        duplicates = found;
        return node;
    }

    private static JsonNode? ReadValue(ref Utf8JsonReader reader, string path, List<string> duplicates) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, path, duplicates),
        JsonTokenType.StartArray => ReadArray(ref reader, path, duplicates),
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Null => null,
        _ => ReadNumber(ref reader),
    };

    private static JsonValue ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole)) return JsonValue.Create(whole);
        // Read as infinite, which could not be written again.
        return reader.GetDouble() is var number && double.IsFinite(number)
            ? JsonValue.Create(number)
            : throw new JsonException("A number is too large.");
    }

    private static JsonObject ReadObject(ref Utf8JsonReader reader, string path, List<string> duplicates)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            reader.Read();
            var value = ReadValue(ref reader, inner, duplicates);
            if (result.ContainsKey(name)) duplicates.Add(inner);
            result[name] = value;
        }

        return result;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader, string path, List<string> duplicates)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            result.Add(ReadValue(ref reader, $"{path}[{result.Count}]", duplicates));
        return result;
    }
}
