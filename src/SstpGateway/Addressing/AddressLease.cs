using System.Net;

namespace SstpGateway.Addressing;

/// <summary>The addresses of one call, from the moment they are chosen until <see cref="AddressAllocator.Release"/>.</summary>
public sealed class AddressLease
{
    internal AddressLease(string userName, IPAddress ipv4, IPNetwork? ipv6)
    {
        UserName = userName;
        Ipv4 = ipv4;
        Ipv6 = ipv6;
    }

    public string UserName { get; }

    public IPAddress Ipv4 { get; }

    /// <summary>A /64; null when the tunnel has no IPv6 or its pools are exhausted.</summary>
    public IPNetwork? Ipv6 { get; }

    /// <summary>The networks of this lease that no pool covers: each needs a route of its own into the tunnel device.</summary>
    public IReadOnlyList<IPNetwork> OutsidePools { get; internal init; } = [];

    internal bool IsReleased { get; set; }
}
