using System.Net;

namespace SstpGateway.Addressing;

/// <param name="UserName">Who asks; remembered so that the same user gets the same address again.</param>
/// <param name="StaticIpv4">The user's own address, from a pool or not; null takes one from the pools.</param>
/// <param name="StaticIpv6">The user's own /64, likewise.</param>
public sealed record LeaseRequest(string UserName, IPAddress? StaticIpv4 = null, IPNetwork? StaticIpv6 = null);
