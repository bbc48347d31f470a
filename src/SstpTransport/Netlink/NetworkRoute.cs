using System.Net;

namespace SstpTransport.Netlink;

/// <summary>A route of the main table.</summary>
/// <param name="Destination">0.0.0.0/0 or ::/0 for the default route.</param>
/// <param name="InterfaceIndex">The device packets leave by; 0 where the gateway decides.</param>
/// <param name="Gateway">The next router; null for a destination that is on the device itself.</param>
/// <param name="Metric">Lower wins; 0 lets the kernel choose (0 for IPv4, 1024 for IPv6).</param>
public sealed record NetworkRoute(IPNetwork Destination, int InterfaceIndex, IPAddress? Gateway = null, uint Metric = 0);
