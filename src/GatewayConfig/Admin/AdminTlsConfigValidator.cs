using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Admin;

public sealed class AdminTlsConfigValidator : AbstractValidator<AdminTlsConfig>
{
    public AdminTlsConfigValidator()
    {
        RuleFor(t => t.Listen).Passes(AddressPort.Problem);
        RuleFor(t => t.CertificateFile).Passes(FilePath.Problem);
        RuleFor(t => t.KeyFile).Passes(FilePath.Problem);
        RuleFor(t => t.ClientCaFile).Passes(FilePath.Problem);
    }
}
