using System.Text.Json.Serialization;

namespace GatewayConfig.Channel;

/// <summary>What became of a bundle.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PushVerdict>))]
public enum PushVerdict
{
    /// <summary>It has mistakes, or cannot be stored. What was in force before stays so.</summary>
    Refused,

    /// <summary>Something else of this revision or a higher one is in force.</summary>
    Stale,

    /// <summary>It is in force: now, or since an earlier push of the same content.</summary>
    InForce,
}
