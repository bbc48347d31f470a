using KubeApi.Objects;

namespace KubeApi.Leases;

/// <summary>Who stands for election, and how patient everybody is. Defaults are client-go's.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The Lease that all replicas stand for.</summary>
    public required ObjectKey Lease { get; init; }

    /// <summary>Another for each process, also in the same pod: a restarted one
    /// must not take itself for the old holder.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last sign of the holder's life. Default 15 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long without a renewal the holder stops acting. Less than the duration,
    /// so it stops before another starts. Default 10 s.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between attempts to take or renew the lease; stretched by up to a fifth. Default 2 s.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="ArgumentException">The times do not allow a safe hand-over.</exception>
    public void Validate()
    {
        if (LeaseDuration <= RenewDeadline || RenewDeadline <= RetryPeriod * 1.2)
            throw new ArgumentException(
                $"A lease of {LeaseDuration} with a renew deadline of {RenewDeadline} and a retry period of "
                + $"{RetryPeriod} is not safe: "
                + "the duration must be longer than the deadline, and the deadline longer than 1.2 times the period.");
    }
}
