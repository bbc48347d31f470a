using System.Net;

namespace SstpProtocol.RouterAdvertisement;

/// <summary>What a gateway announces to the clients of one configuration; only the prefix differs between them.</summary>
public sealed record RouterAdvertisementSettings
{
    /// <summary>The gateway's link-local address in the tunnel.</summary>
    public required IPAddress Router { get; init; }

    /// <summary>True: the gateway is a default router. False (split tunnel): it is one only for <see cref="Routes"/>.</summary>
    public bool DefaultRoute { get; init; }

    /// <summary>Bytes of the largest packet in the tunnel.</summary>
    public required int Mtu { get; init; }

    /// <summary>IPv6 networks to be reached through the tunnel; IPv4 ones are passed over.</summary>
    public IReadOnlyList<IPNetwork> Routes { get; init; } = [];

    /// <summary>IPv6 name servers; IPv4 ones are passed over.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    /// <summary>How long a client keeps what it was told when it hears nothing more. Default 30 min,
    /// RFC 4861's AdvDefaultLifetime; at most 9000 s.</summary>
    /// <remarks>Advertise at least three times in this span.</remarks>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(30);
}
