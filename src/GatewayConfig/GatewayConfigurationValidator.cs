using System.Text.Json;
using FluentValidation;
using GatewayConfig.Addressing;
using GatewayConfig.Admin;
using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Dns;
using GatewayConfig.Formats;
using GatewayConfig.Limits;
using GatewayConfig.Listening;
using GatewayConfig.Network;
using GatewayConfig.Tls;

namespace GatewayConfig;

/// <summary>Every rule a configuration has to keep that can be checked without touching a file or the network.</summary>
/// <remarks>The gateway refuses to run when one is broken, and whoever writes the file can ask beforehand:
/// it is the same object.</remarks>
public sealed class GatewayConfigurationValidator : AbstractValidator<GatewayConfiguration>
{
    public GatewayConfigurationValidator()
    {
        RuleFor(c => c.Revision).Passes(revision => revision >= 0 ? null : $"is {revision}; give 0 or more");
        RuleFor(c => c.Hostname!).Passes(DnsName.HostProblem).When(c => c.Hostname is not null);
        RuleFor(c => c.Listening).SetValidator(new ListeningConfigValidator());
        RuleFor(c => c.Tls).SetValidator(new TlsConfigValidator());
        RuleFor(c => c.Decoy).SetValidator(new DecoyConfigValidator());
        RuleFor(c => c.Addressing).SetValidator(new AddressingConfigValidator());
        RuleFor(c => c.Network).SetValidator(new NetworkConfigValidator());
        RuleFor(c => c.Dns).SetValidator(new DnsConfigValidator());
        RuleFor(c => c.Authentication).SetValidator(new AuthenticationConfigValidator());
        RuleFor(c => c.Limits).SetValidator(new LimitsConfigValidator());
        RuleFor(c => c.Admin).SetValidator(new AdminConfigValidator());
        RuleFor(c => c.DrainTime).Within(TimeSpan.Zero, TimeSpan.FromHours(24));

        RuleFor(c => c.Admin.Listen).Must((c, listen) => !c.Listening.Addresses.Contains(listen))
            .WithMessage("is also one of listening.addresses; give administration a port of its own")
            .When(c => c.Admin.Listen is not null);
        RuleFor(c => c.Admin.Tls!.Listen).Must((c, listen) => listen != c.Admin.Listen && !c.Listening.Addresses.Contains(listen))
            .WithMessage("is in use by admin.listen or listening.addresses; give it a port of its own")
            .When(c => c.Admin.Tls is not null);
    }

    /// <returns>All mistakes, each with the path of its field as the file spells it;
    /// empty when the configuration may run.</returns>
    public IReadOnlyList<ConfigurationError> Check(GatewayConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. Validate(configuration).Errors
            .Select(failure => new ConfigurationError(AsWritten(failure.PropertyName), failure.ErrorMessage))];
    }

    private static string AsWritten(string propertyPath) =>
        string.Join('.', propertyPath.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
