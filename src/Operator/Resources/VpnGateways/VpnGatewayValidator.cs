using System.Text.RegularExpressions;
using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed partial class VpnGatewayValidator : RuleValidator<VpnGateway>
{
    public VpnGatewayValidator() => Keeps("metadata.name", gateway => Name().IsMatch(gateway.Metadata.Name));

    [GeneratedRegex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")]
    private static partial Regex Name();
}
