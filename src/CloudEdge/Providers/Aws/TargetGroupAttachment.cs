using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record TargetGroupAttachmentArguments
{
    public required Input<string> TargetGroupArn { get; init; }
    public required Input<string> TargetId { get; init; }
    public int? Port { get; init; }
}

/// <summary>One machine behind a balancer.</summary>
public sealed class TargetGroupAttachment(string key, TargetGroupAttachmentArguments arguments)
    : Resource(key, "aws:lb/targetGroupAttachment:TargetGroupAttachment", arguments);
