using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class PublishBackOffValidator : RuleValidator<PublishBackOff>
{
    public PublishBackOffValidator() => Keeps("maximum is", backOff => backOff.Maximum.Value >= backOff.Initial.Value);
}
