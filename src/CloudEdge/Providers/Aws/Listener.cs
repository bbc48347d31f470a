using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record ListenerArguments
{
    public required Input<string> LoadBalancerArn { get; init; }
    public required int Port { get; init; }
    public required string Protocol { get; init; }
    public required IReadOnlyList<ListenerAction> DefaultActions { get; init; }
}

/// <summary>A port of a balancer.</summary>
public sealed class Listener(string key, ListenerArguments arguments) : Resource(key, "aws:lb/listener:Listener", arguments);
