using SstpProtocol.Sstp.CryptoBinding;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp;

/// <summary>The server's side of one SSTP call (MS-SSTP 3.3), from the HTTP answer on.</summary>
public sealed class ServerCall : SstpCall
{
    private readonly ServerCallSettings _settings;
    private readonly CertificateDigests _certificate;
    private readonly IRandomBytes _random;

    /// <param name="certificate">Of the certificate this connection was set up with, whatever the server uses by now.</param>
    /// <param name="random">Gives the nonce.</param>
    public ServerCall(ServerCallSettings settings, CertificateDigests certificate, IRandomBytes random, MonotonicTime now)
        : base(settings.Timers, new CallState.ConnectRequestPending(NaksSent: 0), now)
    {
        ThrowUnlessPositive(settings.ConnectRequestTimeout);
        ThrowUnlessPositive(settings.CallConnectedTimeout);
        if ((settings.OfferedHashes & (SstpHash.Sha1 | SstpHash.Sha256)) == 0)
            throw new ArgumentException("offer at least one hash for the crypto binding", nameof(settings));

        _settings = settings;
        _certificate = certificate;
        _random = random;
        EnterUntil(State, now + settings.ConnectRequestTimeout);
    }

    /// <summary>
    /// PPP authentication succeeded. A CALL_CONNECTED that came earlier is verified now, one that comes later with the same
    /// key. The call takes the key over and erases it when it is no longer needed.
    /// </summary>
    public void PppAuthenticated(HigherLayerKey key, MonotonicTime now)
    {
        switch (State)
        {
            case CallState.CallConnectedPending pending:
                // A second authentication before the binding: the client computes with the keys of the last one.
                if (!ReferenceEquals(pending.Key, key)) pending.Key?.Erase();
                Enter(pending with { Key = key });
                if (pending.CallConnected is { } packet && ControlMessage.TryRead(packet, out var message))
                    Verify(message, pending.Expectation, key, now);
                break;

            case CallState.ConnectRequestPending:
                throw new InvalidOperationException("PPP must not run before the call may start it");

            // A second authentication inside a connected call, or one that ended too late: the binding stands or is void.
            default:
                key.Erase();
                break;
        }
    }

    private protected override void ReceiveEstablishment(ControlMessage message, MonotonicTime now)
    {
        switch (message.Type, State)
        {
            case (SstpMessageType.CallConnectRequest, CallState.ConnectRequestPending pending):
                ReceiveConnectRequest(message, pending, now);
                break;
            case (SstpMessageType.CallConnected, CallState.CallConnectedPending { CallConnected: null } pending):
                ReceiveCallConnected(message, pending, now);
                break;
            default:
                Abort(PeerFault.MessageOutOfTurn, now);
                break;
        }
    }

    private protected override PeerFault NegotiationTimerExpired() => State switch
    {
        CallState.CallConnectedPending { Key: null } => PeerFault.AuthenticationTimedOut,
        CallState.CallConnectedPending => PeerFault.CallConnectedTimedOut,
        _ => PeerFault.ConnectRequestTimedOut,
    };

    private protected override void Ending()
    {
        if (State is CallState.CallConnectedPending { Key: { } key }) key.Erase();
    }

    private void ReceiveConnectRequest(ControlMessage message, CallState.ConnectRequestPending pending, MonotonicTime now)
    {
        var nak = new CallConnectNakWriter(stackalloc byte[CallConnectNakWriter.MaxLength]);
        CallConnectRequest.Review(message, ref nak);
        if (nak.Count == 0)
        {
            Accept(now);
        }
        else if (pending.NaksSent < _settings.MaxNaks)
        {
            // The timer goes on: a client that keeps asking for the impossible gets no more time than one that is silent.
            Enter(new CallState.ConnectRequestPending(pending.NaksSent + 1));
            Send(nak.Finish().ToArray());
        }
        else
        {
            Abort(PeerFault.RetryCountExceeded, now);
        }
    }

    private void Accept(MonotonicTime now)
    {
        var nonce = new byte[CryptoBindingRequestAttribute.NonceSize];
        _random.Fill(nonce);
        var expectation = new CryptoBindingExpectation(_settings.OfferedHashes, nonce, _certificate);
        EnterUntil(
            new CallState.CallConnectedPending(expectation, Key: null, CallConnected: null),
            now + _settings.CallConnectedTimeout);

        var ack = new byte[CallConnectAck.Length];
        CallConnectAck.Write(ack, _settings.OfferedHashes, nonce);
        Send(ack);
        Raise(CallEvent.PppMayStart.Instance);
    }

    private void ReceiveCallConnected(ControlMessage message, CallState.CallConnectedPending pending, MonotonicTime now)
    {
        if (pending.Key is { } key)
        {
            Verify(message, pending.Expectation, key, now);
            return;
        }

        // sstpc sends it with its authentication response, before the server can have judged that. What needs no key is
        // checked at once, the rest when the key is there.
        if ((CallConnected.Read(message, out var binding) ?? pending.Expectation.Check(binding)) is { } fault) Abort(fault, now);
        else Enter(pending with { CallConnected = message.Packet.ToArray() });
    }

    private void Verify(ControlMessage message, CryptoBindingExpectation expectation, HigherLayerKey key, MonotonicTime now)
    {
        if (VerifiedCryptoBinding.Verify(message, expectation, key, out var proof) is { } fault)
        {
            BindingDiagnosis? diagnosis =
                fault == PeerFault.CompoundMacMismatch ? BindingDiagnosisExtensions.Diagnose(message, key) : null;
            AbortWith(new CallEnd(CallEndReason.PeerFault) { Fault = fault, Diagnosis = diagnosis }, now);
            return;
        }

        key.Erase();
        EnterConnected(new CallState.ServerCallConnected(proof!), now);
        Raise(new CallEvent.Connected(proof!));
    }
}
