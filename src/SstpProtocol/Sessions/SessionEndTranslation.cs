using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpProtocol.Sessions;

/// <summary>What the end of a call, or of the link inside it, means for the session.</summary>
internal static class SessionEndTranslation
{
    public static SessionEnd ToSessionEnd(this CallEnd end) => new(
        end.Reason switch
        {
            CallEndReason.LocalDisconnect => SessionEndCause.LocalDisconnect,
            CallEndReason.PeerDisconnect => SessionEndCause.PeerDisconnected,
            CallEndReason.PeerAbort => SessionEndCause.PeerAborted,
            CallEndReason.PeerSilent => SessionEndCause.PeerSilent,
            CallEndReason.ConnectionLost => SessionEndCause.TransportLost,
            _ => end.Fault switch
            {
                PeerFault.ConnectRequestTimedOut or PeerFault.ConnectAckTimedOut or PeerFault.CallConnectedTimedOut
                    or PeerFault.AuthenticationTimedOut => SessionEndCause.NegotiationTimeout,
                PeerFault.NonceMismatch or PeerFault.CertificateHashMismatch or PeerFault.HashNotOffered
                    or PeerFault.CompoundMacMismatch or PeerFault.CryptoBindingMissing or PeerFault.CryptoBindingLengthWrong
                    or PeerFault.AttributeNotSupported => SessionEndCause.BindingFailed,
                _ => SessionEndCause.PeerFault,
            },
        },
        end.Text);

    public static SessionEnd ToSessionEnd(this LinkEnd end) => new(
        end.Reason switch
        {
            LinkEndReason.LocalTerminate => SessionEndCause.LocalDisconnect,
            LinkEndReason.PeerTerminate => SessionEndCause.PeerDisconnected,
            LinkEndReason.LcpTimeout => SessionEndCause.NegotiationTimeout,
            LinkEndReason.AuthenticationRefused or LinkEndReason.AuthenticationFailed or LinkEndReason.AuthenticationTimeout
                => SessionEndCause.AuthenticationFailed,
            LinkEndReason.LcpRenegotiated or LinkEndReason.LoopedBack => SessionEndCause.PeerFault,
            _ => SessionEndCause.NegotiationFailed,
        },
        end.Text);
}
