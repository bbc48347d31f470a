using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

/// <summary>A server's place in a private network.</summary>
public sealed record ServerNetwork
{
    public required Input<string> SubnetId { get; init; }

    /// <summary>The address inside the private network.</summary>
    public string? Ip { get; init; }
}
