namespace GatewayConfig.Channel;

/// <summary>All that a gateway may be asked to look at, whole: it replaces what was said before,
/// and is forgotten at a restart.</summary>
public sealed record ProbeTargets
{
    public const int Capacity = 8192;

    /// <summary>Addresses with ports, such as "203.0.113.1:443" or "[2001:db8::1]:443"; at most <see cref="Capacity"/>.</summary>
    public IReadOnlyList<string> Targets { get; init => field = value ?? []; } = [];
}
