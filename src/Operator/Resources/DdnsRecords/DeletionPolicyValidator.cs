using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class DeletionPolicyValidator : RuleValidator<DeletionPolicy>
{
    public DeletionPolicyValidator() =>
        Keeps("replaceWith belongs", deletion => deletion.ReplaceWith is not null == (deletion.Action == DeletionAction.Replace));
}
