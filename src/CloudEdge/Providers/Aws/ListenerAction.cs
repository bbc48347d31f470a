using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

/// <summary>What a listener does with a connection.</summary>
public sealed record ListenerAction
{
    public required string Type { get; init; }
    public required Input<string> TargetGroupArn { get; init; }
}
