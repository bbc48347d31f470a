using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record LoadBalancerArguments
{
    public required string LoadBalancerType { get; init; }
    public string? Name { get; init; }
    public string? Location { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A balancer in front of the gateways.</summary>
public sealed class LoadBalancer(string key, LoadBalancerArguments arguments)
    : Resource(key, "hcloud:index/loadBalancer:LoadBalancer", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> Ipv4 => Property<string>("ipv4");

    public Output<string> Ipv6 => Property<string>("ipv6");
}
