using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayConfig.Formats;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>Durations as gateway.yaml has them.</summary>
internal sealed class DurationTextConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("gateway.yaml is only written here; GatewayConfig reads it");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DurationText.Format(value));
}
