using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayWorkloadValidator : RuleValidator<GatewayWorkload>
{
    public GatewayWorkloadValidator() =>
        Keeps("replicas belongs", workload => workload.Kind == WorkloadKind.Deployment || workload.Replicas == 1);
}
