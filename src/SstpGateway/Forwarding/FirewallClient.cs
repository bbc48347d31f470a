using System.Net;

namespace SstpGateway.Forwarding;

/// <summary>A connected client, as far as access rules look at it.</summary>
/// <param name="Address4">The call's IPv4 address.</param>
/// <param name="Prefix6">The call's /64, if it has one.</param>
public sealed record FirewallClient(string User, IReadOnlyList<string> Groups, IPAddress Address4, IPNetwork? Prefix6);
