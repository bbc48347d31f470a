using System.Text.Json;
using System.Text.Json.Serialization;
using KubeApi.Objects;

namespace Operator.Resources;

/// <summary>Writes times in the one form that Kubernetes gives back as it was: whole seconds, UTC.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(KubeTime.Seconds(value));
}
