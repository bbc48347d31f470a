using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpProtocol.Sessions;

/// <summary>How a call and the link inside it are driven together, which is the same at both ends.</summary>
/// <typeparam name="TLinkEvent">What the link of this end tells.</typeparam>
public abstract class LinkSession<TLinkEvent> : Session where TLinkEvent : class
{
    private readonly MonotonicTime _negotiationDeadline;

    /// <param name="negotiationDeadline">When a session that has no address by then is given up.</param>
    private protected LinkSession(MonotonicTime negotiationDeadline) => _negotiationDeadline = negotiationDeadline;

    public sealed override MonotonicTime? NextDeadline => IsOver
        ? null
        : MonotonicTime.Earlier(
            MonotonicTime.Earlier(Call.NextDeadline, LinkRuns ? Link.NextDeadline : null),
            IsNegotiating ? _negotiationDeadline : null);

    public sealed override int PeerMru => Link.PeerMru;

    protected sealed override SessionEnd? FarewellInProgress => Farewell ?? Call.End?.ToSessionEnd();

    protected sealed override bool CarriesPpp => Call.AcceptsPppControl;

    private protected abstract SstpCall Call { get; }

    private protected abstract PppLink<TLinkEvent> Link { get; }

    /// <summary>Why this end, or the link, has begun to end the session.</summary>
    private protected SessionEnd? Farewell { get; set; }

    private protected bool LinkStarted { get; private set; }

    // Once the call ends, nothing but its own messages may be sent.
    private protected bool LinkRuns => LinkStarted && Call.AcceptsPppControl;

    /// <summary>Whether the session still lacks what packets need to pass.</summary>
    private protected virtual bool LacksNetwork => !Link.Ipv4Open && !Link.Ipv6Open;

    private bool IsNegotiating => FarewellInProgress is null && LacksNetwork;

    public sealed override bool Forwards(PppProtocol protocol) => !IsOver && Call.AcceptsNetworkData
        && (protocol == PppProtocol.Ipv4 ? Link.Ipv4Open : Link.Ipv6Open);

    public sealed override void NoteData(MonotonicTime now) => Call.NoteData(now);

    /// <summary>Ends the session politely: LCP Terminate-Request, then CALL_DISCONNECT.</summary>
    public void Disconnect(SessionEnd reason, MonotonicTime now)
    {
        if (IsOver || FarewellInProgress is not null) return;
        Farewell = reason;
        if (LinkStarted) Link.Terminate(now);
        else Call.Disconnect(now);
        Settle(now);
    }

    protected override void LoseCall() => Call.ConnectionLost();

    protected sealed override void ReceiveControl(ReadOnlySpan<byte> packet, MonotonicTime now) =>
        Call.ReceiveControl(packet, now);

    protected sealed override void ReceivePpp(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (LinkRuns) Link.Receive(protocol, packet, now);
    }

    protected sealed override void TickMachines(MonotonicTime now)
    {
        if (IsNegotiating && now >= _negotiationDeadline) GiveUpNegotiation(now);
        Call.Tick(now);
        if (LinkRuns) Link.Tick(now);
    }

    protected sealed override bool TryTransmitCall(Span<byte> destination, out int written) =>
        Call.TryTransmit(destination, out written);

    protected sealed override bool TryApplyCallEvent(MonotonicTime now)
    {
        if (!Call.TryTakeEvent(out var callEvent)) return false;
        switch (callEvent)
        {
            case CallEvent.PppMayStart:
                LinkStarted = true;
                Link.Start(now);
                break;
            case CallEvent.Closed closed:
                Finish(Farewell ?? closed.End.ToSessionEnd());
                break;
            default:
                Apply(callEvent);
                break;
        }
        return true;
    }

    protected sealed override bool TryApplyLinkEvent(MonotonicTime now)
    {
        if (!Link.TryTakeEvent(out var linkEvent)) return false;
        Apply(linkEvent, now);
        return true;
    }

    /// <summary>There is no address in time.</summary>
    private protected abstract void GiveUpNegotiation(MonotonicTime now);

    /// <summary>Acts on what only this end's call tells.</summary>
    private protected abstract void Apply(CallEvent callEvent);

    private protected abstract void Apply(TLinkEvent linkEvent, MonotonicTime now);

    /// <summary>The link has ended; the call follows it.</summary>
    private protected void LinkClosed(LinkEnd end, MonotonicTime now)
    {
        Farewell ??= end.ToSessionEnd();
        Call.Disconnect(now);
    }
}
