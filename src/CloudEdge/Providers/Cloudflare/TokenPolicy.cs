using CloudEdge.Programs;

namespace CloudEdge.Providers.Cloudflare;

/// <summary>What a token may do, and where.</summary>
public sealed record TokenPolicy
{
    public required PolicyEffect Effect { get; init; }

    public required IReadOnlyList<PermissionGroup> PermissionGroups { get; init; }

    /// <summary>A JSON object: what the rights hold for.</summary>
    public required Input<string> Resources { get; init; }
}
