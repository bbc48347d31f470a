using System.Net;

namespace SstpProtocol.Ppp;

/// <param name="Peer">The one address the peer may have.</param>
/// <param name="Gateway">This end's address; RouterOS cannot route without it.</param>
/// <param name="Dns">0 to 2 IPv4 name servers; further ones are not sent.</param>
public sealed record Ipv4Assignment(IPAddress Peer, IPAddress Gateway, IReadOnlyList<IPAddress> Dns);
