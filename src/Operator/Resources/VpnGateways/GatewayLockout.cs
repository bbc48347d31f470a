using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>What failed log-ins cost. Only the source that failed has to wait, so that nobody can lock a user out.</summary>
[Rule("duration(self.maximumWait) >= duration(self.initialWait)",
    "maximumWait is shorter than initialWait: give at least as much")]
public sealed record GatewayLockout
{
    /// <summary>Failures of one user from one source (IPv4 /32, IPv6 /64) before further tries wait.</summary>
    [Range(1, 1000)]
    public int FailuresPerUserAndSource { get; init; } = 5;

    /// <summary>Failures of one source over all users before further tries wait.</summary>
    [Range(1, 10_000)]
    public int FailuresPerSource { get; init; } = 20;

    /// <summary>The first wait; it doubles with each further failure.</summary>
    [DurationBounds("1s", "1h")]
    public GoDuration InitialWait { get; init; } = new("10s");

    /// <summary>The longest wait.</summary>
    [DurationBounds("1s", "24h")]
    public GoDuration MaximumWait { get; init; } = new("15m");
}
