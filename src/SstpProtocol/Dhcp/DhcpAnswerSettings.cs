using System.Net;

namespace SstpProtocol.Dhcp;

/// <summary>What a gateway tells clients that ask by DHCPINFORM.</summary>
public sealed record DhcpAnswerSettings
{
    /// <summary>The gateway's address in the tunnel: the server identifier and the router of every route.</summary>
    public required IPAddress Gateway { get; init; }

    /// <summary>Length of the mask of option 1. Windows keeps its /32 whatever it says.</summary>
    public int PrefixLength { get; init; } = 32;

    /// <summary>IPv4 name servers, best first; at most 8 are sent.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>The first is the connection's suffix (option 15); all go into the search list (option 119).</summary>
    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    /// <summary>Networks to be reached through the tunnel; IPv6 ones are passed over.</summary>
    public IReadOnlyList<IPNetwork> Routes { get; init; } = [];
}
