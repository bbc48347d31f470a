using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record LoadBalancerArguments
{
    public required LoadBalancerType LoadBalancerType { get; init; }
    public required IReadOnlyList<SubnetMapping> SubnetMappings { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A balancer in front of the gateways.</summary>
public sealed class LoadBalancer(string key, LoadBalancerArguments arguments)
    : Resource(key, "aws:lb/loadBalancer:LoadBalancer", arguments)
{
    public Output<string> Arn => Property<string>("arn");

    public Output<string> DnsName => Property<string>("dnsName");
}
