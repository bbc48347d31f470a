using SstpGateway.Addressing;
using SstpGateway.Authentication;

namespace SstpGateway.Forwarding;

/// <summary>What the host must know of a client before its first packet: the kernel in the program, nothing in tests.</summary>
public interface IClientNetwork
{
    /// <exception cref="SstpTransport.Nftables.NftablesException">The user's rules are not in force;
    /// the call must be refused.</exception>
    /// <exception cref="SstpTransport.Linux.SystemCallException">An address cannot be routed;
    /// the call must be refused.</exception>
    void Add(AuthenticatedUser user, AddressLease lease);

    /// <summary>Undoes <see cref="Add"/>, before the addresses go to someone else.</summary>
    void Remove(AuthenticatedUser user, AddressLease lease);
}
