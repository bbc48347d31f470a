using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record NetworkArguments
{
    public required string IpRange { get; init; }
    public string? Name { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A private network.</summary>
public sealed class Network(string key, NetworkArguments arguments) : Resource(key, "hcloud:index/network:Network", arguments)
{
    public Output<string> Id => Property<string>("id");
}
