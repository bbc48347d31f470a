using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class ReachabilityCheckValidator : RuleValidator<ReachabilityCheck>
{
    public ReachabilityCheckValidator() =>
        Keeps("give vantages or peers", check => check.Vantages.Count > 0 || check.Peers.Count > 0);
}
