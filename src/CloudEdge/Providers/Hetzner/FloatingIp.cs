using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record FloatingIpArguments
{
    public required AddressType Type { get; init; }
    public string? Name { get; init; }
    public string? HomeLocation { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>An address that can move between servers.</summary>
public sealed class FloatingIp(string key, FloatingIpArguments arguments)
    : Resource(key, "hcloud:index/floatingIp:FloatingIp", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> IpAddress => Property<string>("ipAddress");
}
