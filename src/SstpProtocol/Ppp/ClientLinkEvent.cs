using System.Net;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp;

/// <summary>What a <see cref="ClientLink"/> tells its owner.</summary>
public abstract record ClientLinkEvent
{
    public sealed record Authenticated(HigherLayerKey Key, AuthenticationMethod Method) : ClientLinkEvent;

    /// <param name="Address">The address this end was given.</param>
    /// <param name="Gateway">The server's address inside the tunnel; null where it did not name one.</param>
    /// <param name="Dns">0 to 2 name servers, the preferred one first.</param>
    public sealed record Ipv4Opened(IPAddress Address, IPAddress? Gateway, IReadOnlyList<IPAddress> Dns) : ClientLinkEvent;

    /// <summary>IPv4 packets must no longer pass; it may open again.</summary>
    public sealed record Ipv4Closed : ClientLinkEvent;

    /// <param name="OwnInterfaceId">The low half of this end's link-local address.</param>
    /// <param name="PeerInterfaceId">The low half of the server's link-local address; null where it did not name one.</param>
    public sealed record Ipv6Opened(ulong OwnInterfaceId, ulong? PeerInterfaceId) : ClientLinkEvent;

    /// <summary>IPv6 packets must no longer pass; it may open again.</summary>
    public sealed record Ipv6Closed : ClientLinkEvent;

    /// <summary>The last event of a link. What is still in the output queue should be sent.</summary>
    public sealed record Closed(LinkEnd End) : ClientLinkEvent;
}
