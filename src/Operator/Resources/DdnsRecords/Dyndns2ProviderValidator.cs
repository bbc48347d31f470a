using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class Dyndns2ProviderValidator : RuleValidator<Dyndns2Provider>
{
    public Dyndns2ProviderValidator() =>
        Keeps("preset custom needs", provider => provider.Preset != "custom" || provider.Endpoint is not null);
}
