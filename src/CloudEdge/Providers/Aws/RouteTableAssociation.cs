using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record RouteTableAssociationArguments
{
    public required Input<string> RouteTableId { get; init; }
    public required Input<string> SubnetId { get; init; }
}

/// <summary>Which subnet uses which routes.</summary>
public sealed class RouteTableAssociation(string key, RouteTableAssociationArguments arguments)
    : Resource(key, "aws:ec2/routeTableAssociation:RouteTableAssociation", arguments);
