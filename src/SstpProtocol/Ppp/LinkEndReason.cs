namespace SstpProtocol.Ppp;

public enum LinkEndReason
{
    /// <summary>This end terminated it.</summary>
    LocalTerminate,

    /// <summary>The peer sent an LCP Terminate-Request.</summary>
    PeerTerminate,

    /// <summary>LCP did not open in time, or the peer stopped answering Configure-Requests.</summary>
    LcpTimeout,

    /// <summary>Both ends kept refusing each other's options.</summary>
    LcpNotConverging,

    /// <summary>The peer cannot do without an LCP packet, or cannot do with one.</summary>
    LcpRejected,

    /// <summary>The peer returned this end's own packets (RFC 1661 6.4).</summary>
    LoopedBack,

    /// <summary>LCP was negotiated again once credentials had been exchanged.</summary>
    LcpRenegotiated,

    /// <summary>No authentication method suits both ends.</summary>
    NoCommonAuthenticationMethod,

    /// <summary>The peer is not willing to authenticate, or does not ask the client to.</summary>
    AuthenticationRefused,

    /// <summary>The client did not prove itself.</summary>
    AuthenticationFailed,

    AuthenticationTimeout,

    /// <summary>After authentication neither IPv4 nor IPv6 opened, or both closed again.</summary>
    NoNetworkProtocol,
}
