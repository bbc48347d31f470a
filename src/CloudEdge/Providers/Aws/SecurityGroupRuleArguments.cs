using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>What is let in or out; both kinds of rule have the same inputs.</summary>
public sealed record SecurityGroupRuleArguments
{
    public required Input<string> SecurityGroupId { get; init; }

    /// <summary>A protocol; -1 is every one.</summary>
    public required string IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    public string? CidrIpv4 { get; init; }

    public string? CidrIpv6 { get; init; }

    public Input<string>? ReferencedSecurityGroupId { get; init; }

    public string? Description { get; init; }
}
