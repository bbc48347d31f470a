using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

/// <summary>A server's public addresses.</summary>
public sealed record ServerPublicNet
{
    public bool? Ipv4Enabled { get; init; }

    /// <summary>The primary address to use.</summary>
    public Input<long>? Ipv4 { get; init; }

    public bool? Ipv6Enabled { get; init; }

    /// <summary>The primary address to use.</summary>
    public Input<long>? Ipv6 { get; init; }
}
