namespace SstpProtocol.Sstp;

/// <summary>
/// How a peer broke the protocol, or failed to do its part in time. A closed set: metric tag, reason in the log, and by
/// <see cref="PeerFaultExtensions"/> what the peer is told.
/// </summary>
public enum PeerFault
{
    /// <summary>The packet header is not SSTP 1.0; the stream cannot be cut any further,
    /// so nothing is sent (MS-SSTP 3.1.5.1).</summary>
    FramingBroken,

    /// <summary>A control packet whose type or attributes do not fit its length.</summary>
    MalformedMessage,

    UnknownMessageType,

    /// <summary>A message that its sender may not send in this state, a repeated one included.</summary>
    MessageOutOfTurn,

    /// <summary>Our side, as server, refused as many CALL_CONNECT_REQUESTs as it may;
    /// or, as client, had as many refused.</summary>
    RetryCountExceeded,

    /// <summary>No acceptable CALL_CONNECT_REQUEST came in time.</summary>
    ConnectRequestTimedOut,

    /// <summary>No CALL_CONNECT_ACK came in time.</summary>
    ConnectAckTimedOut,

    /// <summary>The user was authenticated, but CALL_CONNECTED did not come in time.</summary>
    CallConnectedTimedOut,

    /// <summary>PPP authentication did not end before the negotiation timer did.</summary>
    AuthenticationTimedOut,

    /// <summary>CALL_CONNECTED without Crypto Binding.</summary>
    CryptoBindingMissing,

    /// <summary>CALL_CONNECTED with a Crypto Binding that is not 104 bytes.</summary>
    CryptoBindingLengthWrong,

    /// <summary>CALL_CONNECTED with Status Info, a second Crypto Binding, or another attribute that has no place there.</summary>
    AttributeNotSupported,

    /// <summary>The nonce is not the one of our CALL_CONNECT_ACK: a replayed or misdirected CALL_CONNECTED.</summary>
    NonceMismatch,

    /// <summary>The client saw another certificate than the one of this connection: something on the way ends TLS.</summary>
    CertificateHashMismatch,

    /// <summary>The client answered with a hash that was not offered.</summary>
    HashNotOffered,

    /// <summary>The two ends do not share the key that PPP authentication should have given them.</summary>
    CompoundMacMismatch,

    /// <summary>CALL_CONNECT_ACK without a Crypto Binding Request of the right length.</summary>
    CryptoBindingRequestMissing,

    /// <summary>CALL_CONNECT_ACK offers no hash that we may use.</summary>
    NoCommonHash,

    /// <summary>The peer makes us answer more than it takes off the wire.</summary>
    AnswersNotRead,
}
