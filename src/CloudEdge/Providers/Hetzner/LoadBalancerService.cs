using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record LoadBalancerServiceArguments
{
    public required Input<string> LoadBalancerId { get; init; }

    public required LoadBalancerProtocol Protocol { get; init; }

    public int? ListenPort { get; init; }

    public int? DestinationPort { get; init; }

    /// <summary>Whether the client's address goes ahead of the connection (PROXY protocol).</summary>
    public bool? Proxyprotocol { get; init; }

    public LoadBalancerHealthCheck? HealthCheck { get; init; }
}

/// <summary>A port of a balancer.</summary>
public sealed class LoadBalancerService(string key, LoadBalancerServiceArguments arguments)
    : Resource(key, "hcloud:index/loadBalancerService:LoadBalancerService", arguments);
