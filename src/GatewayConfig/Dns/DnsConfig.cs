namespace GatewayConfig.Dns;

/// <summary>What clients use to resolve names. Follows a reload for new calls.</summary>
public sealed record DnsConfig
{
    /// <summary>True: clients are given the gateway's inside address,
    /// where a forwarder answers; needed for <see cref="Zones"/>.</summary>
    public bool Forwarder { get; init; } = true;

    /// <summary>Default servers, "address" or "address:port". Used by the forwarder, or pushed to clients when there is none.
    /// Empty with a forwarder: the host's resolv.conf. At most 8.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Zones with servers of their own. At most 256.</summary>
    public IReadOnlyList<DnsZoneConfig> Zones { get; init; } = [];

    /// <summary>Suffixes clients are told; the first is the connection's suffix. At most 6, 256 characters in all.</summary>
    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    /// <summary>Answers kept; 0 keeps none. Default 10000; at most 1000000.</summary>
    public int CacheEntries { get; init; } = 10_000;

    /// <summary>Queries a client may have open at once. Default 100; 1 to 10000.</summary>
    public int MaxQueriesPerClient { get; init; } = 100;
}
