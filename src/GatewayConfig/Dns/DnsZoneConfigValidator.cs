using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Dns;

public sealed class DnsZoneConfigValidator : AbstractValidator<DnsZoneConfig>
{
    public DnsZoneConfigValidator()
    {
        RuleFor(z => z.Zone).Passes(DnsName.Problem);
        RuleFor(z => z.Servers).Holds(1, 8).HoldsEachOnce();
        RuleForEach(z => z.Servers).Passes(AddressPort.ServerProblem);
    }
}
