using System.Diagnostics.CodeAnalysis;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Lcp;

namespace SstpProtocol.Ppp;

/// <summary>
/// One PPP link through its phases (RFC 1661 section 3), as far as both ends do the same. Touches no socket, clock, task or
/// log: its packets go into the <see cref="PppFrameQueue"/> given at construction.
/// </summary>
/// <remarks>
/// Call <see cref="Start"/>, then <see cref="Receive"/> and <see cref="Tick"/>. After each call send what is in the queue,
/// take the events until there is none, and look at <see cref="NextDeadline"/>.
/// </remarks>
public abstract class PppLink<TEvent> where TEvent : class
{
    // IPCP and IPv6CP packets that come before there is an address to answer them with. More are dropped; PPP repeats.
    private const int MaxHeld = 4;

    private readonly LinkSettings _settings;
    private readonly LcpNegotiation _lcp;
    private readonly Queue<TEvent> _events = new();
    private readonly Queue<PppPacket> _held = new();

    private NetworkLayer<TEvent>? _ipv4;
    private NetworkLayer<TEvent>? _ipv6;
    private MonotonicTime? _phaseDeadline;
    private LinkEnd? _end;

    private protected PppLink(LinkSettings settings, LcpNegotiation lcp)
    {
        _settings = settings;
        _lcp = lcp;
    }

    /// <summary>When <see cref="Tick"/> next has work to do; null before the start and after the end.</summary>
    public MonotonicTime? NextDeadline
    {
        get
        {
            if (Phase is LinkPhase.Dead or LinkPhase.Ended) return null;

            var next = MonotonicTime.Earlier(_phaseDeadline, _lcp.NextDeadline);
            next = MonotonicTime.Earlier(next, _ipv4?.NextDeadline);
            next = MonotonicTime.Earlier(next, _ipv6?.NextDeadline);
            return Phase == LinkPhase.Authenticate ? MonotonicTime.Earlier(next, AuthenticationDeadline) : next;
        }
    }

    /// <summary>
    /// The largest packet the peer takes, in bytes without the PPP header; 576 to <see cref="LinkSettings.LargestPacket"/>.
    /// </summary>
    public int PeerMru => _lcp.PeerMru;

    /// <summary>Whether IPv4 packets may pass.</summary>
    public bool Ipv4Open => _ipv4 is { IsOpen: true };

    /// <summary>Whether IPv6 packets may pass.</summary>
    public bool Ipv6Open => _ipv6 is { IsOpen: true };

    private protected LinkPhase Phase { get; private set; } = LinkPhase.Dead;

    private protected AuthenticationMethod? AgreedMethod => _lcp.AgreedMethod;

    private protected bool NetworksStarted { get; private set; }

    /// <summary>The lower layer is up: begins to negotiate LCP.</summary>
    public void Start(MonotonicTime now)
    {
        if (Phase != LinkPhase.Dead) return;

        Enter(LinkPhase.Establish, now + _settings.LcpTimeout);
        _lcp.Open(now);
        _lcp.Up(now);
        Follow(now);
    }

    /// <param name="protocol">Any but IPv4 and IPv6; one that is not spoken here is refused by Protocol-Reject.</param>
    /// <param name="packet">What follows the PPP header. Valid only during the call.</param>
    public void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (Phase is LinkPhase.Dead or LinkPhase.Ended) return;

        switch (protocol)
        {
            case PppProtocol.Lcp:
                _lcp.Receive(packet, now);
                break;
            case PppProtocol.Pap or PppProtocol.Chap or PppProtocol.Eap:
                if (Phase is LinkPhase.Authenticate or LinkPhase.Network) ReceiveAuthentication(protocol, packet, now);
                break;
            case PppProtocol.Ipv4 or PppProtocol.Ipv6:
                return;
            default:
                // RFC 1661 3.5: until the peer is authenticated everything else is silently discarded.
                if (Phase == LinkPhase.Network) ReceiveNetworkControl(protocol, packet, now);
                break;
        }

        Follow(now);
    }

    /// <summary>Sends an LCP Terminate-Request; the closed event comes with the answer, or when that takes too long.</summary>
    public void Terminate(MonotonicTime now)
    {
        End(LinkEndReason.LocalTerminate, "terminated by this end", now);
        Follow(now);
    }

    public void Tick(MonotonicTime now)
    {
        if (Phase is LinkPhase.Dead or LinkPhase.Ended) return;

        _lcp.Tick(now);
        if (Phase == LinkPhase.Authenticate) TickAuthentication(now);
        _ipv4?.Tick(now);
        _ipv6?.Tick(now);
        Follow(now);

        if (_phaseDeadline is { } deadline && deadline <= now) PhaseTimedOut(now);
    }

    public bool TryTakeEvent([NotNullWhen(true)] out TEvent? linkEvent) => _events.TryDequeue(out linkEvent);

    private protected abstract MonotonicTime? AuthenticationDeadline { get; }

    /// <summary>Whether proof of identity has been exchanged, so that LCP can no longer begin anew unnoticed.</summary>
    private protected abstract bool CredentialsExchanged { get; }

    private protected abstract void BeginAuthentication(MonotonicTime now);

    private protected abstract void AbandonAuthentication();

    private protected abstract void ReceiveAuthentication(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now);

    private protected abstract void TickAuthentication(MonotonicTime now);

    /// <summary>Looks what authentication has come to; called after everything that may have moved it.</summary>
    private protected abstract void FollowAuthentication(MonotonicTime now);

    private protected abstract TEvent ClosedEvent(LinkEnd end);

    private protected virtual void PeerIdentified(string text) { }

    private protected void Emit(TEvent linkEvent) => _events.Enqueue(linkEvent);

    /// <summary>Authentication is over; nothing bounds the time until the networks are started.</summary>
    private protected void EnterNetworkPhase() => Enter(LinkPhase.Network, null);

    private protected void StartNetworks(NetworkLayer<TEvent>? ipv4, NetworkLayer<TEvent>? ipv6, MonotonicTime now)
    {
        NetworksStarted = true;
        (_ipv4, _ipv6) = (ipv4, ipv6);
        _ipv4?.Start(PeerMru, now);
        _ipv6?.Start(PeerMru, now);
        while (_held.TryDequeue(out var packet)) ReceiveNetworkControl(packet.Protocol, packet.Payload.Span, now);
    }

    /// <summary>Terminates the link in good order: Terminate-Request, and the closed event once it is answered.</summary>
    private protected void End(LinkEndReason reason, string text, MonotonicTime now)
    {
        if (Phase is LinkPhase.Terminate or LinkPhase.Ended) return;

        _end = new LinkEnd(reason, text);
        CloseNetworks(now);
        Enter(LinkPhase.Terminate, now + _settings.TerminateTimeout);
        _lcp.Close(now);
        if (_lcp.State != PppState.Closing) Finish(_end, now);
    }

    private protected void Follow(MonotonicTime now)
    {
        while (Phase != LinkPhase.Ended && _lcp.TryTakeEvent(out var happened)) FollowLcp(happened, now);
        if (Phase == LinkPhase.Authenticate) FollowAuthentication(now);
        _ipv4?.Follow(_events, now);
        _ipv6?.Follow(_events, now);

        if (Phase != LinkPhase.Network || !NetworksStarted) return;
        if (Ipv4Open || Ipv6Open) _phaseDeadline = null;
        else _phaseDeadline ??= now + _settings.NetworkTimeout;
    }

    private void FollowLcp(NegotiationEvent happened, MonotonicTime now)
    {
        switch (happened)
        {
            case NegotiationEvent.Up when Phase == LinkPhase.Establish:
                Enter(LinkPhase.Authenticate, now + _settings.AuthenticationTimeout);
                BeginAuthentication(now);
                break;
            case NegotiationEvent.Down when Phase == LinkPhase.Authenticate && !CredentialsExchanged:
                AbandonAuthentication();
                Enter(LinkPhase.Establish, now + _settings.LcpTimeout);
                break;
            case NegotiationEvent.Down:
                End(LinkEndReason.LcpRenegotiated, "the peer began LCP anew after authentication", now);
                break;
            case NegotiationEvent.Finished when Phase == LinkPhase.Terminate:
                Finish(_end!, now);
                break;
            case NegotiationEvent.Finished:
                End(LinkEndReason.LcpTimeout, "the peer stopped answering LCP Configure-Requests", now);
                break;
            case NegotiationEvent.Failed failed:
                End(failed.End.Reason, failed.End.Text, now);
                break;
            case NegotiationEvent.PeerTerminated terminated:
                var words = terminated.Text.Length == 0 ? "" : $": {terminated.Text}";
                Finish(_end ?? new LinkEnd(LinkEndReason.PeerTerminate, $"the peer ended the link{words}"), now);
                break;
            case NegotiationEvent.ProtocolRejected rejected:
                FollowProtocolReject(rejected.Protocol, now);
                break;
            case NegotiationEvent.Identified identified:
                PeerIdentified(identified.Text);
                break;
        }
    }

    private void FollowProtocolReject(PppProtocol protocol, MonotonicTime now)
    {
        switch (protocol)
        {
            case PppProtocol.Lcp: _lcp.Rejected(now); break;
            case PppProtocol.Ipcp: _ipv4?.Rejected(now); break;
            case PppProtocol.Ipv6cp: _ipv6?.Rejected(now); break;
            case PppProtocol.Pap or PppProtocol.Chap or PppProtocol.Eap when Phase == LinkPhase.Authenticate:
                End(LinkEndReason.AuthenticationRefused, $"the peer rejected {protocol} after it had agreed to it", now);
                break;
        }
    }

    private void ReceiveNetworkControl(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        var isOurs = protocol is PppProtocol.Ipcp or PppProtocol.Ipv6cp;
        var network = protocol switch { PppProtocol.Ipcp => _ipv4, PppProtocol.Ipv6cp => _ipv6, _ => null };

        if (network is not null) network.Receive(packet, now);
        else if (!isOurs || NetworksStarted) _lcp.RejectProtocol(protocol, packet);
        else if (_held.Count < MaxHeld) _held.Enqueue(new PppPacket(protocol, packet.ToArray()));
    }

    private void CloseNetworks(MonotonicTime now)
    {
        _ipv4?.Stop(now);
        _ipv6?.Stop(now);
        _ipv4?.Follow(_events, now);
        _ipv6?.Follow(_events, now);
    }

    private void PhaseTimedOut(MonotonicTime now)
    {
        switch (Phase)
        {
            case LinkPhase.Establish:
                End(LinkEndReason.LcpTimeout, $"LCP did not open within {Seconds(_settings.LcpTimeout)}", now);
                break;
            case LinkPhase.Authenticate:
                var allowed = Seconds(_settings.AuthenticationTimeout);
                End(LinkEndReason.AuthenticationTimeout, $"authentication took longer than {allowed}", now);
                break;
            case LinkPhase.Network:
                var waited = Seconds(_settings.NetworkTimeout);
                End(LinkEndReason.NoNetworkProtocol, $"neither IPv4 nor IPv6 was open for {waited}", now);
                break;
            case LinkPhase.Terminate:
                Finish(_end!, now);
                break;
        }
    }

    private static string Seconds(TimeSpan span) => $"{span.TotalSeconds:0.#} s";

    private void Enter(LinkPhase phase, MonotonicTime? deadline)
    {
        Phase = phase;
        _phaseDeadline = deadline;
    }

    private void Finish(LinkEnd end, MonotonicTime now)
    {
        if (Phase == LinkPhase.Ended) return;

        CloseNetworks(now);
        Enter(LinkPhase.Ended, null);
        Emit(ClosedEvent(end));
    }
}
