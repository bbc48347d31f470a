using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record SecurityGroupIngressRuleArguments
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

/// <summary>One thing that is let in.</summary>
public sealed class SecurityGroupIngressRule(string key, SecurityGroupIngressRuleArguments arguments)
    : Resource(key, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", arguments);
