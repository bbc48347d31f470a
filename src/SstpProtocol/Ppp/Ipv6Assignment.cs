namespace SstpProtocol.Ppp;

/// <param name="GatewayInterfaceId">The low half of this end's link-local address; not zero.</param>
/// <param name="PeerInterfaceId">
/// Offered to a peer that has none or the gateway's; another one of its own is accepted (RFC 5072 4.1).
/// </param>
public sealed record Ipv6Assignment(ulong GatewayInterfaceId, ulong PeerInterfaceId);
