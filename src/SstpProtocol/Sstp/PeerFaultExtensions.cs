using System.Diagnostics;

namespace SstpProtocol.Sstp;

/// <summary>What a fault becomes on the wire and in words.</summary>
public static class PeerFaultExtensions
{
    /// <summary>The Status value of the Status Info the peer is told (MS-SSTP 2.2.8).</summary>
    public static SstpStatus ToStatus(this PeerFault fault) => fault switch
    {
        PeerFault.FramingBroken => SstpStatus.InvalidFrameReceived,
        PeerFault.MalformedMessage => SstpStatus.InvalidFrameReceived,
        PeerFault.UnknownMessageType => SstpStatus.InvalidFrameReceived,
        PeerFault.MessageOutOfTurn => SstpStatus.UnacceptedFrameReceived,
        PeerFault.RetryCountExceeded => SstpStatus.RetryCountExceeded,
        PeerFault.ConnectRequestTimedOut => SstpStatus.NegotiationTimeout,
        PeerFault.ConnectAckTimedOut => SstpStatus.NegotiationTimeout,
        PeerFault.CallConnectedTimedOut => SstpStatus.NegotiationTimeout,
        PeerFault.AuthenticationTimedOut => SstpStatus.NegotiationTimeout,
        PeerFault.CryptoBindingMissing => SstpStatus.AttributeNotSupportedInMessage,
        PeerFault.CryptoBindingLengthWrong => SstpStatus.AttributeNotSupportedInMessage,
        PeerFault.AttributeNotSupported => SstpStatus.AttributeNotSupportedInMessage,
        PeerFault.NonceMismatch => SstpStatus.ValueNotSupported,
        PeerFault.CertificateHashMismatch => SstpStatus.ValueNotSupported,
        PeerFault.HashNotOffered => SstpStatus.ValueNotSupported,
        PeerFault.CompoundMacMismatch => SstpStatus.ValueNotSupported,
        PeerFault.CryptoBindingRequestMissing => SstpStatus.RequiredAttributeMissing,
        PeerFault.NoCommonHash => SstpStatus.ValueNotSupported,
        PeerFault.AnswersNotRead => SstpStatus.UnacceptedFrameReceived,
        _ => throw new UnreachableException($"PeerFault {fault} has no status"),
    };

    /// <summary>The AttribID of that Status Info: the attribute at fault,
    /// else Status Info itself (3.3.5.2.2, 3.3.5.2.3).</summary>
    public static SstpAttributeId ToAttribute(this PeerFault fault) => fault switch
    {
        PeerFault.NonceMismatch or PeerFault.CertificateHashMismatch or PeerFault.HashNotOffered
            or PeerFault.CompoundMacMismatch => SstpAttributeId.CryptoBinding,
        PeerFault.NoCommonHash => SstpAttributeId.CryptoBindingRequest,
        _ => SstpAttributeId.StatusInfo,
    };

    /// <summary>The reason in words for an operator's log; a clause without a full stop.</summary>
    public static string ToText(this PeerFault fault) => fault switch
    {
        PeerFault.FramingBroken => "the peer sent bytes that are no SSTP packet",
        PeerFault.MalformedMessage => "the peer sent a control message whose attributes do not fit its length",
        PeerFault.UnknownMessageType => "the peer sent a control message of a type that does not exist",
        PeerFault.MessageOutOfTurn => "the peer sent a control message that has no place at this point of the call",
        PeerFault.RetryCountExceeded => "the connect request was refused too many times",
        PeerFault.ConnectRequestTimedOut => "the peer sent no connect request in time",
        PeerFault.ConnectAckTimedOut => "the server did not answer the connect request in time",
        PeerFault.CallConnectedTimedOut => "the peer logged in but sent no crypto binding in time",
        PeerFault.AuthenticationTimedOut => "log-in did not finish in time",
        PeerFault.CryptoBindingMissing => "the peer's crypto binding is missing",
        PeerFault.CryptoBindingLengthWrong => "the peer's crypto binding has the wrong length",
        PeerFault.AttributeNotSupported => "the peer sent an attribute beside its crypto binding that has no place there",
        PeerFault.NonceMismatch => "the peer's crypto binding belongs to another call (wrong nonce)",
        PeerFault.CertificateHashMismatch =>
            "the peer saw another TLS certificate than the one of this connection: a proxy or balancer between them ends TLS",
        PeerFault.HashNotOffered => "the peer's crypto binding uses a hash that was not offered",
        PeerFault.CompoundMacMismatch => "the peer's crypto binding was made with another key than log-in gave this end",
        PeerFault.CryptoBindingRequestMissing => "the server asked for no crypto binding",
        PeerFault.NoCommonHash => "the server offers no hash for the crypto binding that is allowed here",
        PeerFault.AnswersNotRead => "the peer asks for more answers than it reads",
        _ => throw new UnreachableException($"PeerFault {fault} has no text"),
    };
}
