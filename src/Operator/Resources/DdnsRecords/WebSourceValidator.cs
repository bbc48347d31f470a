using Operator.Resources.Validation;

namespace Operator.Resources.DdnsRecords;

public sealed class WebSourceValidator : RuleValidator<WebSource>
{
    public WebSourceValidator() => Keeps("quorum is more", web => web.Quorum <= web.Asked);
}
