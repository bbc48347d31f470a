using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Tls;

public sealed class CertificateConfigValidator : AbstractValidator<CertificateConfig>
{
    public CertificateConfigValidator()
    {
        RuleFor(c => c.CertificateFile).Passes(FilePath.Problem);
        RuleFor(c => c.KeyFile).Passes(FilePath.Problem);
    }
}
