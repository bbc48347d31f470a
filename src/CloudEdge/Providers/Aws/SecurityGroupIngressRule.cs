using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>One thing that is let in.</summary>
public sealed class SecurityGroupIngressRule(string key, SecurityGroupRuleArguments arguments)
    : Resource(key, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", arguments);
