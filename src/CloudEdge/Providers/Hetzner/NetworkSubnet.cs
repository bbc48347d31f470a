using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record NetworkSubnetArguments
{
    public required Input<long> NetworkId { get; init; }
    public required SubnetType Type { get; init; }
    public required string NetworkZone { get; init; }
    public required string IpRange { get; init; }
}

/// <summary>A part of a private network that servers can join.</summary>
public sealed class NetworkSubnet(string key, NetworkSubnetArguments arguments)
    : Resource(key, "hcloud:index/networkSubnet:NetworkSubnet", arguments)
{
    public Output<string> Id => Property<string>("id");
}
