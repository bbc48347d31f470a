using System.Text.Json.Serialization;

namespace GatewayConfig.Channel;

/// <summary>How the channel's messages are written: camelCase names, enums as words, unknown fields ignored.</summary>
/// <remarks>
/// A field that is not there is set to null or 0 by generated readers, whatever its initializer says; so the records put their
/// defaults in place of null themselves.
/// </remarks>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GatewayStatus))]
[JsonSerializable(typeof(ConfigurationBundle))]
[JsonSerializable(typeof(PushResult))]
[JsonSerializable(typeof(HttpChallenge))]
[JsonSerializable(typeof(TlsAlpnChallenge))]
[JsonSerializable(typeof(ServingReport))]
[JsonSerializable(typeof(ProbeTargets))]
[JsonSerializable(typeof(ProbeRequest))]
[JsonSerializable(typeof(ProbeResult))]
[JsonSerializable(typeof(ChannelProblem))]
[JsonSerializable(typeof(DrainReport))]
[JsonSerializable(typeof(IReadOnlyList<SessionReport>))]
public sealed partial class ChannelJson : JsonSerializerContext;
