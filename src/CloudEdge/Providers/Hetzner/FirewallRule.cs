namespace CloudEdge.Providers.Hetzner;

/// <summary>One thing that is let through; all else is dropped.</summary>
public sealed record FirewallRule
{
    public required FirewallDirection Direction { get; init; }

    public required FirewallProtocol Protocol { get; init; }

    /// <summary>A port or a range, for TCP and UDP.</summary>
    public string? Port { get; init; }

    /// <summary>CIDR ranges that may come in.</summary>
    public IReadOnlyList<string>? SourceIps { get; init; }

    public string? Description { get; init; }
}
