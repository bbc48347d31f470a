using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>One thing that is let out.</summary>
public sealed class SecurityGroupEgressRule(string key, SecurityGroupRuleArguments arguments)
    : Resource(key, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", arguments);
