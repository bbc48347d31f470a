using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record SecurityGroupArguments
{
    public required Input<string> VpcId { get; init; }
    public required string Description { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>What may reach a machine; its rules are resources of their own.</summary>
public sealed class SecurityGroup(string key, SecurityGroupArguments arguments)
    : Resource(key, "aws:ec2/securityGroup:SecurityGroup", arguments)
{
    public Output<string> Id => Property<string>("id");
}
