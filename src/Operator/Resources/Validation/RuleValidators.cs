using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using GatewayConfig;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Resources.Validation;

/// <summary>The validator of each record that has rules.</summary>
public static class RuleValidators
{
    /// <summary>Every one, by the record it is for.</summary>
    public static IReadOnlyDictionary<Type, IValidator> All { get; } = new Dictionary<Type, IValidator>
    {
        [typeof(VpnGateway)] = new VpnGatewayValidator(),
        [typeof(VpnGatewaySpec)] = new VpnGatewaySpecValidator(),
        [typeof(GatewayWorkload)] = new GatewayWorkloadValidator(),
        [typeof(Toleration)] = new TolerationValidator(),
        [typeof(GatewayCertificate)] = new GatewayCertificateValidator(),
        [typeof(GatewayTls)] = new GatewayTlsValidator(),
        [typeof(GatewayPublication)] = new GatewayPublicationValidator(),
        [typeof(GatewayDecoy)] = new GatewayDecoyValidator(),
        [typeof(AccessRule)] = new AccessRuleValidator(),
        [typeof(GatewayDns)] = new GatewayDnsValidator(),
        [typeof(GatewayLockout)] = new GatewayLockoutValidator(),
        [typeof(DdnsRecordSpec)] = new DdnsRecordSpecValidator(),
        [typeof(WebSource)] = new WebSourceValidator(),
        [typeof(Dyndns2Provider)] = new Dyndns2ProviderValidator(),
        [typeof(FlapDamping)] = new FlapDampingValidator(),
        [typeof(PublishBackOff)] = new PublishBackOffValidator(),
        [typeof(DeletionPolicy)] = new DeletionPolicyValidator(),
        [typeof(FailoverTarget)] = new FailoverTargetValidator(),
        [typeof(ReachabilityCheck)] = new ReachabilityCheckValidator(),
        [typeof(SstpCertificateSpec)] = new SstpCertificateSpecValidator(),
        [typeof(AcmeIssuer)] = new AcmeIssuerValidator(),
    };

    /// <param name="section">Has the shape of <paramref name="type"/>.</param>
    public static IEnumerable<ConfigurationError> Check(Type type, JsonObject section)
    {
        if (!All.TryGetValue(type, out var validator)) return [];
        var value = JsonSerializer.Deserialize(section, ResourceJson.Options.GetTypeInfo(type))!;
        return validator.Validate(new ValidationContext<object>(value)).Errors
            .Select(failure => new ConfigurationError(failure.PropertyName, failure.ErrorMessage));
    }
}
