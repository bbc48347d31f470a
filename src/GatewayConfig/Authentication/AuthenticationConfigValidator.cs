using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Authentication;

public sealed class AuthenticationConfigValidator : AbstractValidator<AuthenticationConfig>
{
    public AuthenticationConfigValidator()
    {
        RuleFor(a => a.Methods).Holds(1, Enum.GetValues<MethodName>().Length).HoldsEachOnce();
        RuleForEach(a => a.Methods).IsInEnum();
        RuleFor(a => a.UsersFile!).Passes(FilePath.Problem).When(a => a.UsersFile is not null);
        RuleFor(a => a.Lockout).SetValidator(new LockoutConfigValidator());
    }
}
