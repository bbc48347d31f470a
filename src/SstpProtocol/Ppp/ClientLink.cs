using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp;

/// <summary>The client's end of one PPP link (RFC 1661 section 3). Touches no socket, clock, task or log.</summary>
public sealed class ClientLink
{
    private readonly Queue<ClientLinkEvent> _events = new();

    public ClientLink(
        ClientLinkSettings settings, PppFrameQueue output, Func<AuthenticationMethod, AuthenticatingPeer> peers, IRandomBytes random)
    {
        _ = (settings, output, peers, random);
    }

    /// <summary>When <see cref="Tick"/> next has work to do.</summary>
    public MonotonicTime? NextDeadline { get; private set; }

    /// <summary>The largest packet the peer takes, in bytes without the PPP header; never above what SSTP can carry.</summary>
    public int PeerMru { get; private set; } = 1500;

    public bool Ipv4Open { get; private set; }
    public bool Ipv6Open { get; private set; }

    /// <summary>The lower layer is up: begins to negotiate LCP.</summary>
    public void Start(MonotonicTime now) => NextDeadline = now;

    /// <param name="packet">What follows the PPP header. Valid only during the call. Any protocol but IPv4 and IPv6 belongs here.</param>
    public void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now) => NextDeadline = now;

    /// <summary>Sends an LCP Terminate-Request; <see cref="ClientLinkEvent.Closed"/> comes with the answer or after the time-out.</summary>
    public void Terminate(MonotonicTime now) => NextDeadline = now;

    public void Tick(MonotonicTime now) => NextDeadline = now;

    public bool TryTakeEvent([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ClientLinkEvent? linkEvent) =>
        _events.TryDequeue(out linkEvent);
}
