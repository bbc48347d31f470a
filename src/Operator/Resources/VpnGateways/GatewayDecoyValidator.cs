using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayDecoyValidator : RuleValidator<GatewayDecoy>
{
    public GatewayDecoyValidator()
    {
        Keeps("backend belongs", decoy => decoy.Backend is not null == (decoy.Kind == DecoyKindName.Proxy));
        Keeps("configMapName belongs", decoy => decoy.ConfigMapName is not null == (decoy.Kind == DecoyKindName.Static));
    }
}
