using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayTlsValidator : RuleValidator<GatewayTls>
{
    public GatewayTlsValidator() => Keeps("policy LegacyRouterOs", tls =>
        tls.Policy != TlsSuites.LegacyRouterOs || tls.MinimumVersion == TlsMinimumVersion.Tls12);
}
