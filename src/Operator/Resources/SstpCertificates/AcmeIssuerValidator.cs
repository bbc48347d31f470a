using Operator.Resources.Validation;

namespace Operator.Resources.SstpCertificates;

public sealed class AcmeIssuerValidator : RuleValidator<AcmeIssuer>
{
    public AcmeIssuerValidator() => Keeps("termsOfServiceAgreed must", acme => acme.TermsOfServiceAgreed);
}
