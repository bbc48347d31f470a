using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Hetzner;

/// <summary>How a balancer finds its servers.</summary>
public enum LoadBalancerTargetType
{
    [JsonStringEnumMemberName("label_selector")]
    LabelSelector,
}
