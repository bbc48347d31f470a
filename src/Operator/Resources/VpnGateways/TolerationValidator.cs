using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class TolerationValidator : RuleValidator<Toleration>
{
    public TolerationValidator() =>
        Keeps("value belongs", toleration => toleration.Operator == TolerationOperator.Equal || toleration.Value is null);
}
