using System.Text.Json.Serialization;

namespace SstpGateway.Addressing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LeaseLine))]
internal sealed partial class LeaseLineJson : JsonSerializerContext;
