using GatewayConfig;
using Operator.Gateways.Planning.Configuration;
using Operator.Resources.Validation;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning;

/// <summary>Every mistake of a VpnGateway's spec: those of its own rules, and those that the gateway
/// itself would find in what is made of it.</summary>
public static class GatewaySpecCheck
{
    private static readonly GatewayConfigurationValidator Validator = new();

    /// <returns>With paths from the spec down. The gateway's own objections come only when there are no others:
    /// they repeat them in the words of gateway.yaml.</returns>
    public static IReadOnlyList<ConfigurationError> Check(VpnGatewaySpec spec)
    {
        var mistakes = ResourceCheck.Spec(spec);
        return mistakes.Count > 0 ? mistakes : Validator.Check(GatewayFile.Of(spec));
    }
}
