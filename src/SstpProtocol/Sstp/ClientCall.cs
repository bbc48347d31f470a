using SstpProtocol.Sstp.CryptoBinding;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp;

/// <summary>The client's side of one SSTP call (MS-SSTP 3.2), from the server's HTTP answer on.</summary>
public sealed class ClientCall : SstpCall
{
    private readonly ClientCallSettings _settings;
    private readonly CertificateDigests _serverCertificate;

    /// <summary>Starts the call: CALL_CONNECT_REQUEST is the first packet to transmit.</summary>
    /// <param name="serverCertificate">Of the certificate the server showed in the handshake of this connection.</param>
    public ClientCall(ClientCallSettings settings, CertificateDigests serverCertificate, MonotonicTime now)
        : base(settings.Timers, new CallState.ConnectRequestSent(Retries: 0), now)
    {
        ThrowUnlessPositive(settings.ConnectAckTimeout);
        ThrowUnlessPositive(settings.AuthenticationTimeout);

        _settings = settings;
        _serverCertificate = serverCertificate;
        SendConnectRequest(retries: 0, now);
    }

    /// <summary>
    /// PPP authentication succeeded, as far as this end can tell: sends CALL_CONNECTED. The call takes the key over and
    /// erases it.
    /// </summary>
    /// <param name="key">As the server sees it: its receive key first.</param>
    public void PppAuthenticated(HigherLayerKey key, MonotonicTime now)
    {
        switch (State)
        {
            case CallState.ConnectAckReceived acknowledged:
                SendCallConnected(acknowledged, key);
                EnterConnected(new CallState.ClientCallConnected(), now);
                Raise(new CallEvent.CallConnectedSent(acknowledged.Hash));
                break;

            case CallState.ConnectRequestSent:
                throw new InvalidOperationException("PPP must not run before the call may start it");
        }

        key.Erase();
    }

    private protected override void ReceiveEstablishment(ControlMessage message, MonotonicTime now)
    {
        switch (message.Type, State)
        {
            case (SstpMessageType.CallConnectAck, CallState.ConnectRequestSent):
                ReceiveConnectAck(message, now);
                break;
            case (SstpMessageType.CallConnectNak, CallState.ConnectRequestSent sent) when sent.Retries < _settings.MaxRetries:
                SendConnectRequest(sent.Retries + 1, now);
                break;
            case (SstpMessageType.CallConnectNak, CallState.ConnectRequestSent):
                Abort(PeerFault.RetryCountExceeded, now);
                break;
            default:
                Abort(PeerFault.MessageOutOfTurn, now);
                break;
        }
    }

    private protected override PeerFault NegotiationTimerExpired() =>
        State is CallState.ConnectRequestSent ? PeerFault.ConnectAckTimedOut : PeerFault.AuthenticationTimedOut;

    private void ReceiveConnectAck(ControlMessage message, MonotonicTime now)
    {
        if (!CallConnectAck.TryRead(message, out var request))
        {
            Abort(PeerFault.CryptoBindingRequestMissing, now);
            return;
        }

        var common = request.Hashes & _settings.AllowedHashes;
        var hash = common.HasFlag(SstpHash.Sha256) ? SstpHash.Sha256 : common & SstpHash.Sha1;
        if (hash == SstpHash.None)
        {
            Abort(PeerFault.NoCommonHash, now);
            return;
        }

        EnterUntil(new CallState.ConnectAckReceived(request.Nonce.ToArray(), hash), now + _settings.AuthenticationTimeout);
        Raise(CallEvent.PppMayStart.Instance);
    }

    private void SendConnectRequest(int retries, MonotonicTime now)
    {
        var request = new byte[CallConnectRequest.Length];
        CallConnectRequest.Write(request);
        Send(request);
        EnterUntil(new CallState.ConnectRequestSent(retries), now + _settings.ConnectAckTimeout);
    }

    private void SendCallConnected(CallState.ConnectAckReceived acknowledged, HigherLayerKey key)
    {
        var packet = new byte[CallConnected.Length];
        CallConnected.WriteWithoutMac(packet, acknowledged.Hash, acknowledged.Nonce, _serverCertificate.Of(acknowledged.Hash));
        Span<byte> mac = stackalloc byte[CompoundMac.MaxSize];
        mac = mac[..CompoundMac.SizeOf(acknowledged.Hash)];
        CompoundMac.Compute(acknowledged.Hash, key.Octets, packet, mac);
        mac.CopyTo(packet.AsSpan(CallConnected.CompoundMacOffset));
        Send(packet);
    }
}
