namespace SstpProtocol.Sessions;

public enum SessionEndCause
{
    /// <summary>The peer said good-bye: LCP Terminate-Request or CALL_DISCONNECT.</summary>
    PeerDisconnected,

    /// <summary>The peer sent CALL_ABORT: to it, we did something wrong.</summary>
    PeerAborted,

    /// <summary>Our side ended it: an administrator, the drain, or the user of the client.</summary>
    LocalDisconnect,

    /// <summary>The connection went away without a good-bye.</summary>
    TransportLost,

    /// <summary>The peer no longer answers echo requests.</summary>
    PeerSilent,

    /// <summary>A step of the negotiation took too long.</summary>
    NegotiationTimeout,

    /// <summary>The peer could not, or would not, prove who it is.</summary>
    AuthenticationFailed,

    /// <summary>The crypto binding did not hold: the end of TLS is not the end of PPP.</summary>
    BindingFailed,

    /// <summary>The two ends found no common ground in LCP or an NCP.</summary>
    NegotiationFailed,

    /// <summary>No address, or a limit reached.</summary>
    Refused,

    /// <summary>The peer broke the protocol.</summary>
    PeerFault,
}
