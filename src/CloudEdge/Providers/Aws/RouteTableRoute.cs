using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>Where packets for a range go.</summary>
public sealed record RouteTableRoute
{
    public string? CidrBlock { get; init; }
    public string? Ipv6CidrBlock { get; init; }
    public required Input<string> GatewayId { get; init; }
}
