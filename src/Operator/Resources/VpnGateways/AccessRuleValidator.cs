using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class AccessRuleValidator : RuleValidator<AccessRule>
{
    public AccessRuleValidator() =>
        Keeps("ports needs", rule => rule.Ports.Count == 0 || rule.Protocol is TransportProtocol.Tcp or TransportProtocol.Udp);
}
