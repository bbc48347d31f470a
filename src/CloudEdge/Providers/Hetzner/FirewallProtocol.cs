using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>What a rule lets through.</summary>
public enum FirewallProtocol
{
    [JsonStringEnumMemberName("tcp")]
    Tcp,

    [JsonStringEnumMemberName("udp")]
    Udp,

    [JsonStringEnumMemberName("icmp")]
    Icmp,
}
