namespace GatewayConfig.Limits;

/// <summary>What a gateway takes on at most. Follows a reload for new connections.</summary>
public sealed record LimitsConfig
{
    /// <summary>Calls at once. Default 1000; 1 to 100000.</summary>
    public int Calls { get; init; } = 1000;

    /// <summary>Calls of one user at once. Default 5; 1 to 10000. A further one is refused.</summary>
    public int CallsPerUser { get; init; } = 5;

    /// <summary>Connections of one source (IPv4 /32, IPv6 /64) at once, calls included. Default 64; 1 to 100000.</summary>
    public int ConnectionsPerSource { get; init; } = 64;

    /// <summary>Connections that have not yet logged in, from all sources. Default 512; 1 to 100000.</summary>
    public int PendingConnections { get; init; } = 512;

    /// <summary>Time for the TLS handshake. Default 10 s; 1 s to 60 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for the HTTP request. Default 10 s; 1 s to 60 s.</summary>
    public TimeSpan PreambleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from the HTTP request to a call with an address. Default 60 s; 5 s to 180 s.</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
