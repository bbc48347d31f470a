using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record TargetGroupArguments
{
    public required int Port { get; init; }

    public required string Protocol { get; init; }

    public required TargetType TargetType { get; init; }

    public required Input<string> VpcId { get; init; }

    /// <summary>Whether the client's address goes ahead of the connection (PROXY protocol).</summary>
    public bool? ProxyProtocolV2 { get; init; }

    public HealthCheck? HealthCheck { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>The machines behind a balancer.</summary>
public sealed class TargetGroup(string key, TargetGroupArguments arguments)
    : Resource(key, "aws:lb/targetGroup:TargetGroup", arguments)
{
    public Output<string> Arn => Property<string>("arn");
}
