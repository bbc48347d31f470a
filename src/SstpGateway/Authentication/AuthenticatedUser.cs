using System.Net;

namespace SstpGateway.Authentication;

/// <summary>Who a call belongs to, once that is proven.</summary>
/// <param name="Name">As the users file spells it, whatever the peer typed around it:
/// the key for limits, leases and rules.</param>
/// <param name="StaticIpv4">The address this user always gets; null for one of the pool.</param>
/// <param name="StaticIpv6">A /64; null for one of the pool.</param>
public sealed record AuthenticatedUser(string Name, IReadOnlyList<string> Groups, IPAddress? StaticIpv4, IPNetwork? StaticIpv6);
