using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sstp;

/// <summary>
/// The states of a call with the data that exists in each (MS-SSTP 3.1.1.1, 3.2.1, 3.3.1). The specification's
/// "in progress" states last no longer than it takes to queue a message, so they are transitions here.
/// </summary>
internal abstract record CallState(CallStage Stage)
{
    /// <summary>Server_Connect_Request_Pending.</summary>
    /// <param name="NaksSent">CALL_CONNECT_NAKs sent so far.</param>
    public sealed record ConnectRequestPending(int NaksSent) : CallState(CallStage.ConnectRequestPending);

    /// <summary>Server_Call_Connected_Pending.</summary>
    /// <param name="Expectation">What the client's crypto binding must fit.</param>
    /// <param name="Key">Null until PPP authentication has ended.</param>
    /// <param name="CallConnected">CALL_CONNECTED as received, when it came before authentication ended; else null.</param>
    public sealed record CallConnectedPending(CryptoBindingExpectation Expectation, HigherLayerKey? Key, byte[]? CallConnected)
        : CallState(CallStage.CallConnectedPending);

    /// <summary>Server_Call_Connected.</summary>
    public sealed record ServerCallConnected(VerifiedCryptoBinding Proof) : CallState(CallStage.CallConnected);

    /// <summary>Client_Connect_Request_Sent.</summary>
    /// <param name="Retries">CALL_CONNECT_REQUESTs sent again so far.</param>
    public sealed record ConnectRequestSent(int Retries) : CallState(CallStage.ConnectRequestPending);

    /// <summary>Client_Connect_ACK_Received.</summary>
    /// <param name="Nonce">32 octets from the server.</param>
    /// <param name="Hash">The one hash chosen.</param>
    public sealed record ConnectAckReceived(byte[] Nonce, SstpHash Hash) : CallState(CallStage.CallConnectedPending);

    /// <summary>Client_Call_Connected.</summary>
    public sealed record ClientCallConnected() : CallState(CallStage.CallConnected);

    /// <summary>Call_Abort_Pending: we sent CALL_ABORT and wait for the peer's.</summary>
    public sealed record AbortPending() : CallState(CallStage.Ending);

    /// <summary>Call_Abort_Timeout_Pending: both sent CALL_ABORT.</summary>
    public sealed record AbortTimeoutPending() : CallState(CallStage.Ending);

    /// <summary>Call_Disconnect_ACK_Pending: we sent CALL_DISCONNECT.</summary>
    public sealed record DisconnectAckPending() : CallState(CallStage.Ending);

    /// <summary>Call_Disconnect_Timeout_Pending: we acknowledged the peer's CALL_DISCONNECT.</summary>
    public sealed record DisconnectTimeoutPending() : CallState(CallStage.Ending);

    /// <summary>Server_Call_Disconnected, Client_Call_Disconnected.</summary>
    public sealed record Disconnected() : CallState(CallStage.Closed);
}
