using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>Each server on hardware of its own.</summary>
public enum PlacementGroupType
{
    [JsonStringEnumMemberName("spread")]
    Spread,
}
