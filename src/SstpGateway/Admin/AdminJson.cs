using System.Text.Json.Serialization;

namespace SstpGateway.Admin;

/// <summary>What only this host asks for; the rest is in <see cref="GatewayConfig.Channel.ChannelJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class AdminJson : JsonSerializerContext;
