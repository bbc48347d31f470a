using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayLockoutValidator : RuleValidator<GatewayLockout>
{
    public GatewayLockoutValidator() =>
        Keeps("maximumWait is", lockout => lockout.MaximumWait.Value >= lockout.InitialWait.Value);
}
