using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class GatewayCertificateValidator : RuleValidator<GatewayCertificate>
{
    public GatewayCertificateValidator() =>
        Keeps("give exactly one", certificate => new object?[]
        {
            certificate.SecretName, certificate.CertificateName, certificate.Template,
        }.Count(given => given is not null) == 1);
}
