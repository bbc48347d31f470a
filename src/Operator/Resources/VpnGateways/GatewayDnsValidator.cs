using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayDnsValidator : RuleValidator<GatewayDns>
{
    public GatewayDnsValidator() => Keeps("zones needs", dns => dns.Forwarder || dns.Zones.Count == 0);
}
