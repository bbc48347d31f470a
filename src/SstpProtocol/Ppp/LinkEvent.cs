using System.Net;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp;

/// <summary>What a <see cref="ServerLink"/> tells its owner.</summary>
public abstract record LinkEvent
{
    /// <summary>Judge these and call <see cref="ServerLink.Conclude"/>. No further ones come before that.</summary>
    public sealed record CredentialsOffered(Credentials Credentials) : LinkEvent;

    /// <summary>The peer proved itself and knows it. Call <see cref="ServerLink.AssignAddresses"/>.</summary>
    /// <param name="UserName">As the peer gave it; never log it before it is escaped.</param>
    public sealed record Authenticated(HigherLayerKey Key, string UserName, AuthenticationMethod Method) : LinkEvent;

    public sealed record Ipv4Opened(IPAddress Peer) : LinkEvent;

    /// <summary>IPv4 packets must no longer pass; it may open again.</summary>
    public sealed record Ipv4Closed : LinkEvent;

    /// <param name="PeerInterfaceId">The low half of the peer's link-local address.</param>
    public sealed record Ipv6Opened(ulong PeerInterfaceId) : LinkEvent;

    /// <summary>IPv6 packets must no longer pass; it may open again.</summary>
    public sealed record Ipv6Closed : LinkEvent;

    /// <summary>LCP Identification (RFC 1570 2.1): Windows sends its version and computer name.</summary>
    /// <param name="Text">Printable ASCII, at most <see cref="PeerText.MaxLength"/> characters; all else is shown as '.'.</param>
    public sealed record PeerIdentified(string Text) : LinkEvent;

    /// <summary>The last event of a link. What is still in the output queue should be sent.</summary>
    public sealed record Closed(LinkEnd End) : LinkEvent;
}
