using System.Text.Json.Serialization;

namespace SstpGateway.Admin;

/// <summary>What the endpoint answers in JSON, with camelCase names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<SessionReport>))]
[JsonSerializable(typeof(ReadinessReport))]
[JsonSerializable(typeof(DrainReport))]
internal sealed partial class AdminJson : JsonSerializerContext;
