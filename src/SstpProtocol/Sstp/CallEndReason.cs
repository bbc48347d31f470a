namespace SstpProtocol.Sstp;

/// <summary>Who ended a call, and how.</summary>
public enum CallEndReason
{
    /// <summary>We sent CALL_DISCONNECT.</summary>
    LocalDisconnect,

    /// <summary>The peer sent CALL_DISCONNECT.</summary>
    PeerDisconnect,

    /// <summary>The peer sent CALL_ABORT.</summary>
    PeerAbort,

    /// <summary>We gave up because of a <see cref="PeerFault"/>.</summary>
    PeerFault,

    /// <summary>The peer sent nothing for two hello intervals, not even an answer to an echo.</summary>
    PeerSilent,

    /// <summary>TLS or TCP ended without CALL_DISCONNECT.</summary>
    ConnectionLost,
}
