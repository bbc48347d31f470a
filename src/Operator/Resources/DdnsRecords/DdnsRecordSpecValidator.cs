using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class DdnsRecordSpecValidator : RuleValidator<DdnsRecordSpec>
{
    public DdnsRecordSpecValidator() => Keeps("give exactly one", spec => spec.Source is null != spec.Failover is null);
}
