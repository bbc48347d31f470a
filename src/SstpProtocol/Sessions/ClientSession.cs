using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sessions;

/// <summary>The client's side of one session: <see cref="ClientCall"/> (MS-SSTP 3.2) around <see cref="ClientLink"/>.</summary>
public sealed class ClientSession : Session
{
    private readonly ClientCall _call;
    private readonly ClientLink _link;
    private readonly MonotonicTime _negotiationDeadline;
    private SessionEnd? _farewell;
    private readonly string _userName;
    private bool _linkStarted;

    /// <param name="settings">How to call.</param>
    /// <param name="certificate">Digests of the certificate the server showed in this handshake.</param>
    /// <param name="peers">Makes the machine for the method the server asks for; it writes its packets to the queue.</param>
    /// <param name="random">For challenges and magic numbers.</param>
    /// <param name="now">When the server answered the HTTP request.</param>
    public ClientSession(
        ClientSessionSettings settings,
        CertificateDigests certificate,
        Func<AuthenticationMethod, PppFrameQueue, AuthenticatingPeer> peers,
        IRandomBytes random,
        MonotonicTime now)
    {
        _userName = settings.UserName;
        _negotiationDeadline = now + settings.NegotiationTimeout;
        _call = new ClientCall(settings.Call, certificate, now);
        _link = new ClientLink(settings.Link, PppOutput, method => peers(method, PppOutput), random);
        Settle(now);
    }

    public override MonotonicTime? NextDeadline => IsOver
        ? null
        : MonotonicTime.Earlier(
            MonotonicTime.Earlier(_call.NextDeadline, LinkRuns ? _link.NextDeadline : null),
            IsNegotiating ? _negotiationDeadline : null);

    public override int PeerMru => _link.PeerMru;

    protected override SessionEnd? FarewellInProgress => _farewell ?? _call.End?.ToSessionEnd();

    // Once the call ends, nothing but its own messages may be sent.
    private bool LinkRuns => _linkStarted && _call.AcceptsPppControl;

    private bool IsNegotiating => FarewellInProgress is null && !_link.Ipv4Open && !_link.Ipv6Open;

    public override bool Forwards(PppProtocol protocol) => !IsOver && _call.AcceptsNetworkData
        && (protocol == PppProtocol.Ipv4 ? _link.Ipv4Open : _link.Ipv6Open);

    public override void NoteData(MonotonicTime now) => _call.NoteData(now);

    /// <summary>Ends the session politely: LCP Terminate-Request, then CALL_DISCONNECT.</summary>
    public void Disconnect(SessionEnd reason, MonotonicTime now)
    {
        if (IsOver || FarewellInProgress is not null) return;
        _farewell = reason;
        if (_linkStarted) _link.Terminate(now);
        else _call.Disconnect(now);
        Settle(now);
    }

    protected override bool CarriesPpp => _call.AcceptsPppControl;

    protected override void LoseCall() => _call.ConnectionLost();

    protected override void ReceiveControl(ReadOnlySpan<byte> packet, MonotonicTime now) => _call.ReceiveControl(packet, now);

    protected override void ReceivePpp(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (LinkRuns) _link.Receive(protocol, packet, now);
    }

    protected override void TickMachines(MonotonicTime now)
    {
        if (IsNegotiating && now >= _negotiationDeadline)
        {
            Disconnect(new SessionEnd(SessionEndCause.NegotiationTimeout, "the server gave no address in time"), now);
        }

        _call.Tick(now);
        if (LinkRuns) _link.Tick(now);
    }

    protected override bool TryTransmitCall(Span<byte> destination, out int written) => _call.TryTransmit(destination, out written);

    protected override bool TryApplyCallEvent(MonotonicTime now)
    {
        if (!_call.TryTakeEvent(out var callEvent)) return false;
        Apply(callEvent, now);
        return true;
    }

    protected override bool TryApplyLinkEvent(MonotonicTime now)
    {
        if (!_link.TryTakeEvent(out var linkEvent)) return false;
        Apply(linkEvent, now);
        return true;
    }

    private void Apply(CallEvent callEvent, MonotonicTime now)
    {
        switch (callEvent)
        {
            case CallEvent.PppMayStart:
                _linkStarted = true;
                _link.Start(now);
                break;
            case CallEvent.CallConnectedSent:
                Raise(new SessionEvent.BindingVerified());
                break;
            case CallEvent.Closed closed:
                Finish(_farewell ?? closed.End.ToSessionEnd());
                break;
        }
    }

    private void Apply(ClientLinkEvent linkEvent, MonotonicTime now)
    {
        switch (linkEvent)
        {
            case ClientLinkEvent.Authenticated authenticated:
                _call.PppAuthenticated(authenticated.Key, now);
                Raise(new SessionEvent.Authenticated(_userName, authenticated.Method));
                break;
            case ClientLinkEvent.Ipv4Opened opened:
                Raise(new SessionEvent.Ipv4Opened(opened.Address, opened.Gateway, opened.Dns));
                break;
            case ClientLinkEvent.Ipv4Closed:
                Raise(new SessionEvent.Ipv4Closed());
                break;
            case ClientLinkEvent.Ipv6Opened opened:
                Raise(new SessionEvent.Ipv6Opened(opened.OwnInterfaceId, opened.PeerInterfaceId));
                break;
            case ClientLinkEvent.Ipv6Closed:
                Raise(new SessionEvent.Ipv6Closed());
                break;
            case ClientLinkEvent.Closed closed:
                _farewell ??= closed.End.ToSessionEnd();
                _call.Disconnect(now);
                break;
        }
    }
}
