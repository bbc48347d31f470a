using System.Text.Json;
using System.Text.Json.Serialization;

namespace Operator.Resources;

/// <summary>Reads and writes a <see cref="GoDuration"/> as the text it is; only a value that
/// is no text at all is an error of the JSON.</summary>
public sealed class GoDurationConverter : JsonConverter<GoDuration>
{
    public override GoDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new GoDuration(reader.GetString()!)
            : throw new JsonException("is not text; give a duration such as \"90s\", in quotes");

    public override void Write(Utf8JsonWriter writer, GoDuration value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
