using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sessions;

/// <summary>The client's side of one session: <see cref="ClientCall"/> (MS-SSTP 3.2) around <see cref="ClientLink"/>.</summary>
public sealed class ClientSession : LinkSession<ClientLinkEvent>
{
    private readonly ClientCall _call;
    private readonly ClientLink _link;
    private readonly string _userName;

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
        : base(now + settings.NegotiationTimeout)
    {
        _userName = settings.UserName;
        _call = new ClientCall(settings.Call, certificate, now);
        _link = new ClientLink(settings.Link, PppOutput, method => peers(method, PppOutput), random);
        Settle(now);
    }

    private protected override SstpCall Call => _call;

    private protected override PppLink<ClientLinkEvent> Link => _link;

    private protected override void GiveUpNegotiation(MonotonicTime now) =>
        Disconnect(new SessionEnd(SessionEndCause.NegotiationTimeout, "the server gave no address in time"), now);

    private protected override void Apply(CallEvent callEvent)
    {
        if (callEvent is CallEvent.CallConnectedSent) Raise(new SessionEvent.BindingVerified());
    }

    private protected override void Apply(ClientLinkEvent linkEvent, MonotonicTime now)
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
                LinkClosed(closed.End, now);
                break;
        }
    }
}
