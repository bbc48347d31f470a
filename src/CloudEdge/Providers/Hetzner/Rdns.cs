using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record RdnsArguments
{
    public required Input<string> IpAddress { get; init; }
    public required string DnsPtr { get; init; }
    public Input<long>? PrimaryIpId { get; init; }
    public Input<long>? FloatingIpId { get; init; }
    public Input<long>? LoadBalancerId { get; init; }
}

/// <summary>The name that an address answers with.</summary>
public sealed class Rdns(string key, RdnsArguments arguments) : Resource(key, "hcloud:index/rdns:Rdns", arguments);
