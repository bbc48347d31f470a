using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record FloatingIpAssignmentArguments
{
    public required Input<long> FloatingIpId { get; init; }
    public required Input<long> ServerId { get; init; }
}

/// <summary>Where a floating address points at first.</summary>
public sealed class FloatingIpAssignment(string key, FloatingIpAssignmentArguments arguments)
    : Resource(key, "hcloud:index/floatingIpAssignment:FloatingIpAssignment", arguments);
