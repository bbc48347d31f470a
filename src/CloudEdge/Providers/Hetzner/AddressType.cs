using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>Which kind of address is kept.</summary>
public enum AddressType
{
    [JsonStringEnumMemberName("ipv4")]
    Ipv4,

    [JsonStringEnumMemberName("ipv6")]
    Ipv6,
}
