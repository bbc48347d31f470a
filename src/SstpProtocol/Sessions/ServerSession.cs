using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sessions;

/// <summary>The server's side of one session: <see cref="ServerCall"/> (MS-SSTP 3.3) around <see cref="ServerLink"/> (RFC 1661).</summary>
public sealed class ServerSession : Session
{
    private readonly ServerCall _call;
    private readonly ServerLink _link;
    private readonly MonotonicTime _negotiationDeadline;
    private LinkAddresses? _addresses;
    private SessionEnd? _farewell;
    private HigherLayerKey? _key;
    private bool _linkStarted;
    private bool _bindingVerified;

    /// <param name="settings">Shared by all calls.</param>
    /// <param name="certificate">Digests of the certificate that this client saw in this handshake.</param>
    /// <param name="authenticators">Makes the machine for the method LCP agreed on; it writes its packets to the queue.</param>
    /// <param name="random">For nonces, challenges and magic numbers.</param>
    /// <param name="now">When the HTTP request was answered.</param>
    public ServerSession(
        ServerSessionSettings settings,
        CertificateDigests certificate,
        Func<AuthenticationMethod, PppFrameQueue, Authenticator> authenticators,
        IRandomBytes random,
        MonotonicTime now)
    {
        _negotiationDeadline = now + settings.NegotiationTimeout;
        _call = new ServerCall(settings.Call, certificate, random, now);
        _link = new ServerLink(settings.Link, PppOutput, method => authenticators(method, PppOutput), random);
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

    private bool IsNegotiating => FarewellInProgress is null && !(_bindingVerified && (_link.Ipv4Open || _link.Ipv6Open));

    public override bool Forwards(PppProtocol protocol) => !IsOver && _call.AcceptsNetworkData
        && (protocol == PppProtocol.Ipv4 ? _link.Ipv4Open : _link.Ipv6Open);

    public override void NoteData(MonotonicTime now) => _call.NoteData(now);

    /// <summary>Answers <see cref="SessionEvent.CredentialsOffered"/>.</summary>
    public void Conclude(AuthenticationVerdict verdict, MonotonicTime now)
    {
        // The key is handed on only when the peer has taken note of the verdict, which it may never do.
        if (verdict is AuthenticationVerdict.Accepted accepted) _key = accepted.Key;
        if (IsOver) _key?.Erase();
        if (IsOver || !LinkRuns) return;
        _link.Conclude(verdict, now);
        Settle(now);
    }

    /// <summary>Answers <see cref="SessionEvent.Authenticated"/>; the NCPs start.</summary>
    public void AssignAddresses(LinkAddresses addresses, MonotonicTime now)
    {
        if (IsOver || !LinkRuns) return;
        _addresses = addresses;
        _link.AssignAddresses(addresses, now);
        Settle(now);
    }

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

    protected override void LoseCall()
    {
        _call.ConnectionLost();
        _key?.Erase();
    }

    protected override void ReceiveControl(ReadOnlySpan<byte> packet, MonotonicTime now) => _call.ReceiveControl(packet, now);

    protected override void ReceivePpp(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (LinkRuns) _link.Receive(protocol, packet, now);
    }

    protected override void TickMachines(MonotonicTime now)
    {
        if (IsNegotiating && now >= _negotiationDeadline)
        {
            _farewell = new SessionEnd(SessionEndCause.NegotiationTimeout, "no call with an address in time: " + WhatIsMissing);
            _call.Abort(_addresses is null ? PeerFault.AuthenticationTimedOut : PeerFault.CallConnectedTimedOut, now);
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

    private string WhatIsMissing =>
        !_linkStarted ? "the client sent no CALL_CONNECT_REQUEST"
        : _addresses is null ? "the client did not finish LCP and authentication"
        : !_bindingVerified ? "the client sent no CALL_CONNECTED"
        : "the client opened neither IPCP nor IPv6CP";

    private void Apply(CallEvent callEvent, MonotonicTime now)
    {
        switch (callEvent)
        {
            case CallEvent.PppMayStart:
                _linkStarted = true;
                _link.Start(now);
                break;
            case CallEvent.Connected:
                _bindingVerified = true;
                Raise(new SessionEvent.BindingVerified());
                break;
            case CallEvent.Closed closed:
                Finish(_farewell ?? closed.End.ToSessionEnd());
                break;
        }
    }

    private void Apply(LinkEvent linkEvent, MonotonicTime now)
    {
        switch (linkEvent)
        {
            case LinkEvent.CredentialsOffered offered:
                Raise(new SessionEvent.CredentialsOffered(offered.Credentials));
                break;
            case LinkEvent.Authenticated authenticated:
                _call.PppAuthenticated(authenticated.Key, now);
                // A CALL_CONNECTED that came early may have turned out wrong: nobody gets an address for a call that is ending.
                if (_call.AcceptsPppControl) Raise(new SessionEvent.Authenticated(authenticated.UserName, authenticated.Method));
                break;
            case LinkEvent.PeerIdentified identified:
                Raise(new SessionEvent.PeerIdentified(identified.Text));
                break;
            case LinkEvent.Ipv4Opened when _addresses?.Ipv4 is { } ipv4:
                Raise(new SessionEvent.Ipv4Opened(ipv4.Gateway, ipv4.Peer, ipv4.Dns));
                break;
            case LinkEvent.Ipv4Closed:
                Raise(new SessionEvent.Ipv4Closed());
                break;
            case LinkEvent.Ipv6Opened opened when _addresses?.Ipv6 is { } ipv6:
                Raise(new SessionEvent.Ipv6Opened(ipv6.GatewayInterfaceId, opened.PeerInterfaceId));
                break;
            case LinkEvent.Ipv6Closed:
                Raise(new SessionEvent.Ipv6Closed());
                break;
            case LinkEvent.Closed closed:
                _farewell ??= closed.End.ToSessionEnd();
                _call.Disconnect(now);
                break;
        }
    }
}
