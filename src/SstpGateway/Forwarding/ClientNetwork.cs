using SstpGateway.Addressing;
using SstpGateway.Authentication;

namespace SstpGateway.Forwarding;

/// <summary>The kernel's side of a client: its access rules, and routes to addresses that no pool covers.</summary>
internal sealed class ClientNetwork(Firewall firewall, TunnelInterface tunnel) : IClientNetwork
{
    public void Add(AuthenticatedUser user, AddressLease lease)
    {
        firewall.AddClient(Client(user, lease));
        tunnel.AddRoutes(lease);
    }

    public void Remove(AuthenticatedUser user, AddressLease lease)
    {
        tunnel.RemoveRoutes(lease);
        firewall.RemoveClient(Client(user, lease));
    }

    private static FirewallClient Client(AuthenticatedUser user, AddressLease lease) =>
        new(user.Name, user.Groups, lease);
}
