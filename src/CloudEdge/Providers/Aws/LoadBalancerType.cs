using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Aws;

/// <summary>TLS passes through unread, so only the network balancer is of use here.</summary>
public enum LoadBalancerType
{
    [JsonStringEnumMemberName("network")]
    Network,
}
