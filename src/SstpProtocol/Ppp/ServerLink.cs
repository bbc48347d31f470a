using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Ipcp;
using SstpProtocol.Ppp.Ipv6cp;
using SstpProtocol.Ppp.Lcp;

namespace SstpProtocol.Ppp;

/// <summary>The server's end of one PPP link: demands authentication, then assigns addresses.</summary>
/// <param name="authenticators">
/// Makes the machine for the method that LCP agreed on; it writes into the same output queue.
/// </param>
public sealed class ServerLink(
    ServerLinkSettings settings,
    PppFrameQueue output,
    Func<AuthenticationMethod, Authenticator> authenticators,
    IRandomBytes random)
    : PppLink<LinkEvent>(settings, new ServerLcp(settings, output, random))
{
    private Authenticator? _authenticator;
    private string? _userName;
    private bool _awaitsVerdict;

    /// <summary>
    /// The answer to <see cref="LinkEvent.CredentialsOffered"/>; without effect when the link has gone on without it.
    /// </summary>
    public void Conclude(AuthenticationVerdict verdict, MonotonicTime now)
    {
        if (Phase != LinkPhase.Authenticate || !_awaitsVerdict) return;

        _awaitsVerdict = false;
        _authenticator!.Conclude(verdict, now);
        Follow(now);
    }

    /// <summary>
    /// After <see cref="LinkEvent.Authenticated"/>, once: begins to negotiate what is assigned; without effect when the link
    /// has ended meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">An address of <see cref="LinkAddresses.Ipv4"/> is not IPv4.</exception>
    public void AssignAddresses(LinkAddresses addresses, MonotonicTime now)
    {
        if (Phase != LinkPhase.Network || NetworksStarted) return;

        StartNetworks(
            addresses.Ipv4 is { } ipv4 ? Ipv4Layer(ipv4) : null,
            addresses.Ipv6 is { } ipv6 ? Ipv6Layer(ipv6) : null,
            now);
        Follow(now);
    }

    private protected override MonotonicTime? AuthenticationDeadline => _authenticator?.NextDeadline;

    // A verdict on the way must never meet other credentials than those it is about.
    private protected override bool CredentialsExchanged => _userName is not null;

    private protected override void BeginAuthentication(MonotonicTime now)
    {
        _authenticator = authenticators(AgreedMethod!.Value);
        _authenticator.Start(now);
    }

    private protected override void AbandonAuthentication() => _authenticator = null;

    /// <summary>Also after success: a peer that missed the answer repeats its last packet.</summary>
    private protected override void ReceiveAuthentication(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now) =>
        _authenticator?.Receive(protocol, packet, now);

    private protected override void TickAuthentication(MonotonicTime now) => _authenticator?.Tick(now);

    private protected override void FollowAuthentication(MonotonicTime now)
    {
        if (_authenticator is not { } authenticator) return;

        if (!_awaitsVerdict && authenticator.TryTakeCredentials(out var credentials))
        {
            _awaitsVerdict = true;
            _userName = credentials.UserName;
            Emit(new LinkEvent.CredentialsOffered(credentials));
        }

        switch (authenticator.State)
        {
            case AuthenticatorState.Succeeded when authenticator.Outcome is AuthenticationVerdict.Accepted accepted:
                EnterNetworkPhase();
                Emit(new LinkEvent.Authenticated(accepted.Key, _userName ?? "", AgreedMethod!.Value));
                break;
            case AuthenticatorState.Failed:
                var why = authenticator.Outcome is AuthenticationVerdict.Rejected rejected ? $": {rejected.Reason}" : "";
                End(LinkEndReason.AuthenticationFailed, $"{AgreedMethod} authentication failed{why}", now);
                break;
            case AuthenticatorState.TimedOut:
                End(
                    LinkEndReason.AuthenticationTimeout,
                    $"the peer stopped answering during {AgreedMethod} authentication", now);
                break;
        }
    }

    private protected override LinkEvent ClosedEvent(LinkEnd end) => new LinkEvent.Closed(end);

    private protected override void PeerIdentified(string text) => Emit(new LinkEvent.PeerIdentified(text));

    private NetworkLayer<LinkEvent> Ipv4Layer(Ipv4Assignment assignment) => new(
        new ServerIpcp(assignment, settings.Negotiation, output),
        opened: () => new LinkEvent.Ipv4Opened(assignment.Peer),
        closed: () => new LinkEvent.Ipv4Closed());

    private NetworkLayer<LinkEvent> Ipv6Layer(Ipv6Assignment assignment)
    {
        var control = new ServerIpv6cp(assignment, settings.Negotiation, output);
        return new NetworkLayer<LinkEvent>(
            control,
            opened: () => new LinkEvent.Ipv6Opened(control.PeerInterfaceId),
            closed: () => new LinkEvent.Ipv6Closed());
    }
}
