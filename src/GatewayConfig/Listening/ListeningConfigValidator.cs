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
    }
}
