using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class FailoverTargetValidator : RuleValidator<FailoverTarget>
{
    public FailoverTargetValidator() =>
        Keeps("give exactly one", target => target.Addresses is null != target.VpnGatewayName is null);
}
