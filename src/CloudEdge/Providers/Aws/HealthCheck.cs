namespace CloudEdge.Providers.Aws;

/// <summary>When a balancer takes a machine for dead.</summary>
public sealed record HealthCheck
{
    public required string Protocol { get; init; }

    public required string Port { get; init; }

    /// <summary>In seconds.</summary>
    public required int Interval { get; init; }
}
