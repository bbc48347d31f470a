using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayPublicationValidator : RuleValidator<GatewayPublication>
{
    public GatewayPublicationValidator() =>
        Keeps("give exactly one", publication => publication.RecordName is null != publication.Template is null);
}
