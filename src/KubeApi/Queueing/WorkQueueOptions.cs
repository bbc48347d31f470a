namespace KubeApi.Queueing;

/// <summary>Settings of a queue.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>As metrics call it; a kind's plural, such as "vpngateways".</summary>
    public required string Name { get; init; }

    /// <summary>The wait after a key's first failure; doubled with each further one. Default 1 s.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between retries of one key. Default 5 min.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Keys handed out a second over a longer time, all together. Default 500: thousands of objects are through
    /// in a minute, and a mistake does not become a flood.</summary>
    public double KeysPerSecond { get; init; } = 500;

    /// <summary>Keys handed out at once after a quiet time. Default 1,000.</summary>
    public int Burst { get; init; } = 1000;
}
