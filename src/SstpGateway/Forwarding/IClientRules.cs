using System.Net;
using SstpGateway.Authentication;

namespace SstpGateway.Forwarding;

/// <summary>The firewall's view of who has which address.</summary>
public interface IClientRules
{
    /// <summary>From now on the user's access rules hold for these addresses.</summary>
    void Add(AuthenticatedUser user, IPAddress? ipv4, IPNetwork? ipv6);

    void Remove(AuthenticatedUser user, IPAddress? ipv4, IPNetwork? ipv6);
}
