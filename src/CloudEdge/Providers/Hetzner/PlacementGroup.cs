using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record PlacementGroupArguments
{
    public required PlacementGroupType Type { get; init; }
    public string? Name { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>Keeps servers off each other's hardware.</summary>
public sealed class PlacementGroup(string key, PlacementGroupArguments arguments)
    : Resource(key, "hcloud:index/placementGroup:PlacementGroup", arguments)
{
    public Output<string> Id => Property<string>("id");
}
