using System.Net;
using SstpGateway.Addressing;
using SstpTransport.Netlink;

namespace SstpGateway.Forwarding;

/// <summary>Finds what on the host already uses the clients' addresses. Pure.</summary>
internal static class PoolConflicts
{
    /// <param name="addresses">All addresses of the host.</param>
    /// <param name="routes">All its routes.</param>
    /// <param name="interfaceIndex">The tunnel device, whose own addresses and routes do not count.</param>
    /// <returns>One sentence a conflict; a wider route is none, for the narrower one wins.</returns>
    public static IReadOnlyList<string> Find(
        AddressPlan plan, IEnumerable<InterfaceAddress> addresses, IEnumerable<NetworkRoute> routes, int interfaceIndex)
    {
        var found = new List<string>();
        foreach (var pool in plan.Pools4.Concat(plan.Pools6))
        {
            found.AddRange(addresses
                .Where(address => address.InterfaceIndex != interfaceIndex && pool.Contains(address.Address))
                .Select(address => $"pool {pool} contains the host's own address {address.Address}"));
            found.AddRange(routes
                .Where(route => route.InterfaceIndex != interfaceIndex && Covers(pool, route.Destination))
                .Select(route => $"pool {pool} contains {route.Destination}, to which the host has a route"));
        }

        return found;
    }

    private static bool Covers(IPNetwork pool, IPNetwork network) =>
        network.BaseAddress.AddressFamily == pool.BaseAddress.AddressFamily &&
        network.PrefixLength >= pool.PrefixLength && pool.Contains(network.BaseAddress);
}
