namespace GatewayConfig.Authentication;

/// <summary>What failed log-ins cost. A user is only ever held back for the sources that failed,
/// so that nobody can lock out everyone.</summary>
public sealed record LockoutConfig
{
    /// <summary>Failures of one user from one source (IPv4 /32, IPv6 /64) before further tries wait.
    /// Default 5; 1 to 1000.</summary>
    public int FailuresPerUserAndSource { get; init; } = 5;

    /// <summary>Failures of one source over all users before further tries wait. Default 20; 1 to 10000.</summary>
    public int FailuresPerSource { get; init; } = 20;

    /// <summary>First wait; doubles with each further failure up to <see cref="MaximumWait"/>.
    /// Default 10 s; 1 s to 1 h.</summary>
    public TimeSpan InitialWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Default 15 min; 1 s to 24 h.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromMinutes(15);
}
