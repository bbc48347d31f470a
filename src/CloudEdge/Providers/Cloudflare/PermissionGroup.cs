using CloudEdge.Programs;

namespace CloudEdge.Providers.Cloudflare;

/// <summary>One right, by Cloudflare's identity for it.</summary>
public sealed record PermissionGroup
{
    public required Input<string> Id { get; init; }
}
