using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>A subnet of cloud servers.</summary>
public enum SubnetType
{
    [JsonStringEnumMemberName("cloud")]
    Cloud,
}
