using System.Net;
using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Listening;

public sealed class ListeningConfigValidator : AbstractValidator<ListeningConfig>
{
    public ListeningConfigValidator()
    {
        RuleFor(l => l.Addresses).Holds(1, 16).HoldsEachOnce();
        RuleForEach(l => l.Addresses).Passes(AddressPort.Problem);
        RuleFor(l => l.AllowedSources).Holds(0, 1024).HoldsEachOnce();
        RuleForEach(l => l.AllowedSources).Passes(AddressRange.Problem);
        RuleFor(l => l.HttpPort).Within(0, IPEndPoint.MaxPort);
        RuleFor(l => l.HttpPort).Must((listening, port) =>
            !listening.Addresses.Any(address => AddressPort.TryParse(address, out var taken) && taken.Port == port))
            .WithMessage("is the port of one of listening.addresses; give another one, or 0 for none");
    }
}
