using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class FlapDampingValidator : RuleValidator<FlapDamping>
{
    public FlapDampingValidator() => Keeps("suppressAbove must", damping => damping.SuppressAbove > damping.ReuseBelow);
}
