using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Limits;

public sealed class LimitsConfigValidator : AbstractValidator<LimitsConfig>
{
    public LimitsConfigValidator()
    {
        RuleFor(l => l.Calls).Within(1, 100_000);
        RuleFor(l => l.CallsPerUser).Within(1, 10_000);
        RuleFor(l => l.ConnectionsPerSource).Within(1, 100_000);
        RuleFor(l => l.PendingConnections).Within(1, 100_000);
        RuleFor(l => l.HandshakeTimeout).Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        RuleFor(l => l.PreambleTimeout).Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        RuleFor(l => l.NegotiationTimeout).Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(180));
    }
}
