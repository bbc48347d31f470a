namespace SstpProtocol.Ppp;

/// <summary>
/// What a server link negotiates for an authenticated peer. A protocol left null is refused by Protocol-Reject.
/// </summary>
public sealed record LinkAddresses(Ipv4Assignment? Ipv4, Ipv6Assignment? Ipv6);
