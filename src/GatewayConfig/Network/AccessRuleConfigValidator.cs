using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Network;

public sealed class AccessRuleConfigValidator : AbstractValidator<AccessRuleConfig>
{
    // Enough for any directory's names; a bound keeps what is generated from the rules in bounds too.
    private const int MaxNameLength = 256;

    public AccessRuleConfigValidator()
    {
        RuleFor(r => r.Action).IsInEnum();
        RuleFor(r => r.Groups).Holds(0, 256);
        RuleForEach(r => r.Groups).Passes(NameProblem);
        RuleFor(r => r.Users).Holds(0, 256);
        RuleForEach(r => r.Users).Passes(NameProblem);
        RuleFor(r => r.To).Holds(0, 256);
        RuleForEach(r => r.To).Passes(AddressRange.Problem);
        RuleFor(r => r.Protocol).IsInEnum();
        RuleFor(r => r.Ports).Holds(0, 64);
        RuleForEach(r => r.Ports).Passes(PortRange.Problem);
        RuleFor(r => r.Ports).Empty().WithMessage("needs protocol tcp or udp; nothing else has ports")
            .When(r => r.Protocol is not (AccessProtocol.Tcp or AccessProtocol.Udp));
    }

    private static string? NameProblem(string name)
    {
        if (name.Length is 0 or > MaxNameLength) return $"has {name.Length} characters; give 1 to {MaxNameLength}";
        return name.Any(char.IsControl) ? "has a control character in it" : null;
    }
}
