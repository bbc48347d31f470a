using System.Net;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Sessions;

/// <summary>What a session tells its shell.</summary>
public abstract record SessionEvent
{
    /// <summary>The server must judge these and answer with <see cref="ServerSession.Conclude"/>.</summary>
    public sealed record CredentialsOffered(Credentials Credentials) : SessionEvent;

    /// <summary>The peer has proved itself and been
    /// told so; the server must answer with <see cref="ServerSession.AssignAddresses"/>.</summary>
    public sealed record Authenticated(string UserName, AuthenticationMethod Method) : SessionEvent;

    /// <summary>LCP Identification (RFC 1570 2.1): Windows gives its version and the computer's name. Escaped.</summary>
    public sealed record PeerIdentified(string Text) : SessionEvent;

    /// <param name="Own">This end's address.</param>
    /// <param name="Peer">The other end's address; null on a client whose server names none.</param>
    /// <param name="Dns">Name servers that were negotiated, first one first; on a server those it gave.</param>
    public sealed record Ipv4Opened(IPAddress Own, IPAddress? Peer, IReadOnlyList<IPAddress> Dns) : SessionEvent;

    public sealed record Ipv4Closed : SessionEvent;

    /// <param name="OwnInterfaceId">This end's interface identifier (RFC 5072),
    /// as the low 64 bits of its link-local address.</param>
    /// <param name="PeerInterfaceId">The other end's; null on a client whose server names none.</param>
    public sealed record Ipv6Opened(ulong OwnInterfaceId, ulong? PeerInterfaceId) : SessionEvent;

    public sealed record Ipv6Closed : SessionEvent;

    /// <summary>The crypto binding was verified: tunnelled packets pass from here on, as far as an NCP is open.</summary>
    public sealed record BindingVerified : SessionEvent;

    /// <summary>The last event.</summary>
    public sealed record Ended(SessionEnd End) : SessionEvent;
}
