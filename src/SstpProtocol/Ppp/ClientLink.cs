using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Ipcp;
using SstpProtocol.Ppp.Ipv6cp;
using SstpProtocol.Ppp.Lcp;

namespace SstpProtocol.Ppp;

/// <summary>The client's end of one PPP link: authenticates, then asks for addresses.</summary>
/// <param name="peers">Makes the machine for the method that LCP agreed on; it writes into the same output queue.</param>
public sealed class ClientLink(
    ClientLinkSettings settings, PppFrameQueue output, Func<AuthenticationMethod, AuthenticatingPeer> peers, IRandomBytes random)
    : PppLink<ClientLinkEvent>(settings, new ClientLcp(settings, output, random))
{
    private AuthenticatingPeer? _peer;

    private protected override MonotonicTime? AuthenticationDeadline => _peer?.NextDeadline;

    private protected override bool CredentialsExchanged => false;

    private protected override void BeginAuthentication(MonotonicTime now)
    {
        if (AgreedMethod is not { } method)
        {
            End(LinkEndReason.AuthenticationRefused, "the server does not ask for authentication", now);
            return;
        }

        _peer = peers(method);
        _peer.Start(now);
    }

    private protected override void AbandonAuthentication() => _peer = null;

    private protected override void ReceiveAuthentication(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now) =>
        _peer?.Receive(protocol, packet, now);

    private protected override void TickAuthentication(MonotonicTime now) => _peer?.Tick(now);

    private protected override void FollowAuthentication(MonotonicTime now)
    {
        switch (_peer?.State)
        {
            case AuthenticatorState.Succeeded:
                EnterNetworkPhase();
                Emit(new ClientLinkEvent.Authenticated(_peer.Key, AgreedMethod!.Value));
                StartNetworks(settings.Ipv4 ? Ipv4Layer() : null, settings.Ipv6 ? Ipv6Layer() : null, now);
                break;
            case AuthenticatorState.Failed:
                var why = _peer.FailureMessage is { Length: > 0 } message ? $": {PeerText.Escape(message)}" : "";
                End(LinkEndReason.AuthenticationFailed, $"{AgreedMethod} authentication failed{why}", now);
                break;
            case AuthenticatorState.TimedOut:
                End(
                    LinkEndReason.AuthenticationTimeout,
                    $"the server stopped answering during {AgreedMethod} authentication", now);
                break;
        }
    }

    private protected override ClientLinkEvent ClosedEvent(LinkEnd end) => new ClientLinkEvent.Closed(end);

    private NetworkLayer<ClientLinkEvent> Ipv4Layer()
    {
        var control = new ClientIpcp(settings.WishedAddress, settings.Negotiation, output);
        return new NetworkLayer<ClientLinkEvent>(
            control,
            opened: () => control.Address is { } address
                ? new ClientLinkEvent.Ipv4Opened(address, control.Gateway, control.Dns)
                : null,
            closed: () => new ClientLinkEvent.Ipv4Closed());
    }

    private NetworkLayer<ClientLinkEvent> Ipv6Layer()
    {
        var control = new ClientIpv6cp(settings.InterfaceId, random, settings.Negotiation, output);
        return new NetworkLayer<ClientLinkEvent>(
            control,
            opened: () => new ClientLinkEvent.Ipv6Opened(control.OwnInterfaceId, control.PeerInterfaceId),
            closed: () => new ClientLinkEvent.Ipv6Closed());
    }
}
