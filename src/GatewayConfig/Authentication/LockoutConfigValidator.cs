using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Authentication;

public sealed class LockoutConfigValidator : AbstractValidator<LockoutConfig>
{
    public LockoutConfigValidator()
    {
        RuleFor(l => l.FailuresPerUserAndSource).Within(1, 1000);
        RuleFor(l => l.FailuresPerSource).Within(1, 10_000);
        RuleFor(l => l.InitialWait).Within(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        RuleFor(l => l.MaximumWait).Within(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        RuleFor(l => l.MaximumWait).Must((l, most) => most >= l.InitialWait)
            .WithMessage("is shorter than initialWait; give at least as much");
    }
}
