using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record FirewallArguments
{
    public required IReadOnlyList<FirewallRule> Rules { get; init; }
    public IReadOnlyList<FirewallApplyTo>? ApplyTos { get; init; }
    public string? Name { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>Rules in front of the servers that its selector finds.</summary>
public sealed class Firewall(string key, FirewallArguments arguments) : Resource(key, "hcloud:index/firewall:Firewall", arguments)
{
    public Output<string> Id => Property<string>("id");
}
