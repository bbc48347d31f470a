using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sessions;

/// <summary>The server's side of one session: <see cref="ServerCall"/> (MS-SSTP 3.3) around <see cref="ServerLink"/>
/// (RFC 1661).</summary>
public sealed class ServerSession : LinkSession<LinkEvent>
{
    private readonly ServerCall _call;
    private readonly ServerLink _link;
    private LinkAddresses? _addresses;
    private HigherLayerKey? _key;
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
        : base(now + settings.NegotiationTimeout)
    {
        _call = new ServerCall(settings.Call, certificate, random, now);
        _link = new ServerLink(settings.Link, PppOutput, method => authenticators(method, PppOutput), random);
    }

    private protected override SstpCall Call => _call;

    private protected override PppLink<LinkEvent> Link => _link;

    private protected override bool LacksNetwork => !_bindingVerified || base.LacksNetwork;

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

    protected override void LoseCall()
    {
        base.LoseCall();
        _key?.Erase();
    }

    private protected override void GiveUpNegotiation(MonotonicTime now)
    {
        Farewell = new SessionEnd(SessionEndCause.NegotiationTimeout, "no call with an address in time: " + WhatIsMissing);
        _call.Abort(_addresses is null ? PeerFault.AuthenticationTimedOut : PeerFault.CallConnectedTimedOut, now);
    }

    private string WhatIsMissing =>
        !LinkStarted ? "the client sent no CALL_CONNECT_REQUEST"
        : _addresses is null ? "the client did not finish LCP and authentication"
        : !_bindingVerified ? "the client sent no CALL_CONNECTED"
        : "the client opened neither IPCP nor IPv6CP";

    private protected override void Apply(CallEvent callEvent)
    {
        if (callEvent is not CallEvent.Connected) return;
        _bindingVerified = true;
        Raise(new SessionEvent.BindingVerified());
    }

    private protected override void Apply(LinkEvent linkEvent, MonotonicTime now)
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
                LinkClosed(closed.End, now);
                break;
        }
    }
}
