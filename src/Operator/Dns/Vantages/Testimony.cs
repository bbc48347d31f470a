using GatewayConfig.Channel;

namespace Operator.Dns.Vantages;

/// <summary>What one point of view says, if it could be asked.</summary>
/// <param name="Result">Null: it could not be asked, so it has no say.</param>
/// <param name="Silence">Why it could not; null when it was.</param>
public sealed record Testimony(ProbeResult? Result, string? Silence)
{
    public static Testimony Of(ProbeResult result) => new(result, null);

    public static Testimony Silent(string why) => new(null, why);
}
