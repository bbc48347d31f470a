using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Tls;

public sealed class TlsConfigValidator : AbstractValidator<TlsConfig>
{
    public TlsConfigValidator()
    {
        RuleFor(t => t.Certificates).Holds(0, 64).HoldsEachOnce();
        RuleForEach(t => t.Certificates).SetValidator(new CertificateConfigValidator());
        RuleFor(t => t.MinimumVersion).IsInEnum();
        RuleFor(t => t.Policy).IsInEnum();
        RuleFor(t => t.Policy).Must(policy => policy != TlsPolicy.LegacyRouterOs)
            .WithMessage("is legacyRouterOs, whose suites are those of TLS 1.2; set minimumVersion to tls12 or policy to modern")
            .When(t => t.MinimumVersion == TlsVersion.Tls13);
    }
}
