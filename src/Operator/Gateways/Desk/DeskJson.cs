using System.Text.Json.Serialization;

namespace Operator.Gateways.Desk;

/// <summary>How requests and answers are written: camelCase names, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeskRequest))]
[JsonSerializable(typeof(DeskAnswer))]
public sealed partial class DeskJson : JsonSerializerContext;
