using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>A balancer's place in a subnet.</summary>
public sealed record SubnetMapping
{
    public required Input<string> SubnetId { get; init; }
    public Input<string>? AllocationId { get; init; }
}
