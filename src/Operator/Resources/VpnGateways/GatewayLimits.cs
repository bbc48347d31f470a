using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.VpnGateways;

/// <summary>What one gateway takes on at most.</summary>
public sealed record GatewayLimits
{
    /// <summary>Calls at once.</summary>
    [Range(1, 100_000)]
    public int Calls { get; init; } = 1000;

    /// <summary>Calls of one user at once; a further one is refused.</summary>
    [Range(1, 10_000)]
    public int CallsPerUser { get; init; } = 5;

    /// <summary>Connections of one source (IPv4 /32, IPv6 /64) at once, calls included.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerSource { get; init; } = 64;

    /// <summary>Connections that have not logged in yet, from all sources.</summary>
    [Range(1, 100_000)]
    public int PendingConnections { get; init; } = 512;
}
