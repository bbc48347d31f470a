using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>TLS passes through unread, so only TCP is of use here.</summary>
public enum LoadBalancerProtocol
{
    [JsonStringEnumMemberName("tcp")]
    Tcp,
}
