using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record EipAssociationArguments
{
    public required Input<string> AllocationId { get; init; }
    public required Input<string> InstanceId { get; init; }
}

/// <summary>Which machine has an elastic address.</summary>
public sealed class EipAssociation(string key, EipAssociationArguments arguments)
    : Resource(key, "aws:ec2/eipAssociation:EipAssociation", arguments);
