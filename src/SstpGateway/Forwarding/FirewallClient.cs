using System.Net;
using SstpGateway.Addressing;

namespace SstpGateway.Forwarding;

/// <summary>A connected client, as far as access rules look at it.</summary>
/// <param name="Lease">The call's addresses; tells one call from another of the same user with the same addresses.</param>
public sealed record FirewallClient(string User, IReadOnlyList<string> Groups, AddressLease Lease)
{
    public IPAddress Address4 => Lease.Ipv4;

    public IPNetwork? Prefix6 => Lease.Ipv6;
}
