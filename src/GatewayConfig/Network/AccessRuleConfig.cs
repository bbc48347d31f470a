namespace GatewayConfig.Network;

/// <summary>What users of a group may reach.</summary>
public sealed record AccessRuleConfig
{
    public AccessAction Action { get; init; } = AccessAction.Allow;

    /// <summary>Groups the rule is for; empty together with <see cref="Users"/> means everyone.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Users the rule is for.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Destination networks in CIDR form; empty means any.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Transport protocol the rule is for.</summary>
    public AccessProtocol Protocol { get; init; } = AccessProtocol.Any;

    /// <summary>Destination ports, "443" or "8000-8100"; needs TCP or UDP. Empty means any.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];
}
