using System.Text.Json.Serialization;

namespace Operator.Gateways.Desk;

/// <summary>How requests are written: camelCase names, unknown fields ignored. What is needed and left out,
/// or null, is refused at the door.</summary>
/// <remarks>Answers are read by older plugins as well, and leave out what is null: they are read with more patience.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeskRequest))]
public sealed partial class DeskRequestJson : JsonSerializerContext;
