namespace SstpProtocol.Ip.Offload;

/// <summary>What tells one flow from another.</summary>
/// <param name="Source">The IPv6 address; 0 for IPv4.</param>
/// <param name="Destination">The IPv6 address; for IPv4 both addresses, 64 bits.</param>
/// <param name="Ports">Source and destination.</param>
internal readonly record struct FlowKey(UInt128 Source, UInt128 Destination, uint Ports, IpProtocol Protocol);
