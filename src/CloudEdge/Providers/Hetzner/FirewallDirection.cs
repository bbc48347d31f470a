using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>Seen from the server.</summary>
public enum FirewallDirection
{
    [JsonStringEnumMemberName("in")]
    In,

    [JsonStringEnumMemberName("out")]
    Out,
}
