using System.Text.Json.Serialization;

namespace Operator.Gateways.Desk;

/// <summary>How answers are written: camelCase names, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeskAnswer))]
public sealed partial class DeskJson : JsonSerializerContext;
