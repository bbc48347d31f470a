using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record LoadBalancerTargetArguments
{
    public required Input<long> LoadBalancerId { get; init; }
    public required LoadBalancerTargetType Type { get; init; }
    public string? LabelSelector { get; init; }
}

/// <summary>The servers behind a balancer.</summary>
public sealed class LoadBalancerTarget(string key, LoadBalancerTargetArguments arguments)
    : Resource(key, "hcloud:index/loadBalancerTarget:LoadBalancerTarget", arguments);
