using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats;

/// <summary>Reads JSON into nodes and notes properties that come twice, which JsonNode itself cannot hold.</summary>
internal static class JsonBody
{
    /// <summary>Deeper nesting is refused; real objects stay below 40.</summary>
    private const int DeepestNesting = 128;

    /// <param name="duplicates">Paths of properties that came more than once; the last value counts.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> json, out IReadOnlyList<string> duplicates)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        var found = new List<string>();
        reader.Read();
        var node = ReadValue(ref reader, "", found);
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

    private static JsonValue ReadNumber(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(reader.GetDouble());

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
