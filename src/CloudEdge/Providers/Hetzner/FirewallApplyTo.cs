namespace CloudEdge.Providers.Hetzner;

/// <summary>Which servers a firewall guards.</summary>
public sealed record FirewallApplyTo
{
    public required string LabelSelector { get; init; }
}
