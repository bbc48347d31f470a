namespace CloudEdge.Providers.Hetzner;

/// <summary>When a balancer takes a server for dead.</summary>
public sealed record LoadBalancerHealthCheck
{
    public required LoadBalancerProtocol Protocol { get; init; }

    public required int Port { get; init; }

    /// <summary>In seconds.</summary>
    public required int Interval { get; init; }

    /// <summary>In seconds.</summary>
    public required int Timeout { get; init; }

    public required int Retries { get; init; }
}
