using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record RouteTableArguments
{
    public required Input<string> VpcId { get; init; }
    public required IReadOnlyList<RouteTableRoute> Routes { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>Where packets of a subnet go.</summary>
public sealed class RouteTable(string key, RouteTableArguments arguments)
    : Resource(key, "aws:ec2/routeTable:RouteTable", arguments)
{
    public Output<string> Id => Property<string>("id");
}
