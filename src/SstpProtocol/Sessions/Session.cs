using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpProtocol.Sessions;

/// <summary>
/// One SSTP call and the PPP link inside it, as the types that shells drive. Deterministic: no socket, no clock, no log.
/// </summary>
/// <remarks>
/// Tell it what happened (<see cref="Receive"/>, <see cref="Tick"/>, <see cref="TransportLost"/>, the commands of the two
/// ends), then ask in this order until each says there is nothing left: <see cref="TryTransmit"/>,
/// <see cref="TryTakeEvent"/>, <see cref="NextDeadline"/>. One caller at a time.
/// </remarks>
public abstract class Session
{
    /// <summary>
    /// Control packets that may wait to be sent. A negotiation has a handful outstanding; more means that the peer asks and
    /// does not read, and the session ends rather than grow.
    /// </summary>
    public const int MaxOutgoing = 64;

    private readonly Queue<byte[]> _outgoing = new();
    private readonly Queue<SessionEvent> _events = new();

    /// <summary>Why the session is over; null while it lives.</summary>
    public SessionEnd? End { get; private set; }

    /// <summary>True once nothing more will happen; what <see cref="TryTransmit"/> still holds should be sent.</summary>
    public bool IsOver => End is not null;

    /// <summary>When <see cref="Tick"/> next has work to do.</summary>
    public abstract MonotonicTime? NextDeadline { get; }

    /// <summary>Whether IP packets of this kind may pass now: its NCP is open and the crypto binding has been verified.</summary>
    public abstract bool Forwards(PppProtocol protocol);

    /// <summary>The largest IP packet, in bytes, that may be sent to the peer: what its LCP MRU allows.</summary>
    public abstract int PeerMru { get; }

    /// <param name="packet">A whole SSTP packet, header included; valid only during the call.
    /// Data packets that carry IP need not come this way.</param>
    public void Receive(ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (IsOver || SstpHeader.TryRead(packet, out var header) != ReadStatus.Complete || header.Length != packet.Length) return;

        if (header.IsControl)
        {
            ReceiveControl(packet, now);
        }
        else
        {
            NoteData(now);
            if (PppFrame.TryRead(packet[SstpHeader.Size..], out var protocol, out var offset))
            {
                ReceivePpp(protocol, packet[(SstpHeader.Size + offset)..], now);
            }
        }

        Settle(now);
    }

    /// <summary>A data packet arrived by the straight path; any packet proves that
    /// the peer lives (MS-SSTP 3.1.2, hello timer).</summary>
    public abstract void NoteData(MonotonicTime now);

    public void Tick(MonotonicTime now)
    {
        if (IsOver) return;
        TickMachines(now);
        Settle(now);
    }

    /// <summary>The bytes from the peer were no SSTP packets: the connection
    /// is closed without a word (MS-SSTP 3.1.5.1).</summary>
    public void FramingBroken(string detail) => Finish(new SessionEnd(SessionEndCause.PeerFault, detail));

    /// <summary>
    /// TLS or TCP ended. Once the session has begun to end this is expected and changes nothing: many clients close at once when
    /// they get CALL_ABORT, or the answer to their CALL_DISCONNECT.
    /// </summary>
    public void TransportLost(string detail) =>
        Finish(FarewellInProgress ?? new SessionEnd(SessionEndCause.TransportLost, detail));

    /// <summary>The next whole SSTP packet to send ahead of tunnelled traffic.</summary>
    public bool TryTransmit(out ReadOnlyMemory<byte> packet)
    {
        var found = _outgoing.TryDequeue(out var octets);
        packet = octets;
        return found;
    }

    public bool TryTakeEvent(out SessionEvent sessionEvent) => _events.TryDequeue(out sessionEvent!);

    /// <summary>Why the session is about to be over; null when an end of the connection would be a surprise.</summary>
    protected abstract SessionEnd? FarewellInProgress { get; }

    /// <summary>Erases every key: the session is over.</summary>
    protected abstract void LoseCall();

    protected abstract void ReceiveControl(ReadOnlySpan<byte> packet, MonotonicTime now);

    protected abstract void ReceivePpp(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now);

    protected abstract void TickMachines(MonotonicTime now);

    /// <summary>Where the link's machines leave their packets.</summary>
    protected PppFrameQueue PppOutput { get; } = new();

    /// <summary>False once the call is ending: nothing of PPP may follow CALL_ABORT or CALL_DISCONNECT (MS-SSTP 3.1.5).</summary>
    protected abstract bool CarriesPpp { get; }

    protected abstract bool TryTransmitCall(Span<byte> destination, out int written);

    /// <summary>Takes one event from the call and acts on it; false when there was none.</summary>
    protected abstract bool TryApplyCallEvent(MonotonicTime now);

    /// <summary>Takes one event from the link and acts on it; false when there was none.</summary>
    protected abstract bool TryApplyLinkEvent(MonotonicTime now);

    /// <summary>Moves packets and events between call, link and the outside until all of them are quiet.</summary>
    protected void Settle(MonotonicTime now)
    {
        bool worked;
        do
        {
            // Packets first, each time: what the link said before it closed must go out before the call says good-bye.
            worked = CollectPackets();
            worked |= TryApplyCallEvent(now);
            worked |= CollectPackets();
            worked |= TryApplyLinkEvent(now);
        }
        while (worked);
    }

    protected void Raise(SessionEvent sessionEvent) => _events.Enqueue(sessionEvent);

    protected void Finish(SessionEnd end)
    {
        if (IsOver) return;
        End = end;
        LoseCall();
        Raise(new SessionEvent.Ended(end));
    }

    private bool CollectPackets()
    {
        var worked = false;
        Span<byte> packet = stackalloc byte[SstpHeader.MaxLength];
        while (TryTransmitCall(packet, out var written))
        {
            Send(packet[..written]);
            worked = true;
        }

        // Packets were lost before they got here: one packet of the peer asked for more answers than any negotiation has.
        if (PppOutput.HasOverflowed)
            Finish(
                new SessionEnd(SessionEndCause.PeerFault, "the peer asks for more answers at once than the link has room for"));
        while (PppOutput.TryDequeue(out var ppp))
        {
            if (CarriesPpp) SendPpp(ppp);
            worked = true;
        }

        return worked;
    }

    /// <param name="packet">A whole SSTP packet; copied.</param>
    private void Send(ReadOnlySpan<byte> packet)
    {
        if (_outgoing.Count >= MaxOutgoing)
        {
            Finish(new SessionEnd(SessionEndCause.PeerFault, "the peer asks for answers but does not read them"));
            return;
        }

        _outgoing.Enqueue(packet.ToArray());
    }

    private void SendPpp(in PppPacket packet)
    {
        Span<byte> framed = stackalloc byte[SstpHeader.MaxLength];
        var length = SstpHeader.Size + PppFrame.HeaderSize + packet.Payload.Length;
        if (length > framed.Length) return; // no PPP control packet of ours comes near; the machines cut to the MRU
        new SstpHeader(IsControl: false, length).Write(framed);
        PppFrame.WriteHeader(framed[SstpHeader.Size..], packet.Protocol);
        packet.Payload.Span.CopyTo(framed[(SstpHeader.Size + PppFrame.HeaderSize)..]);
        Send(framed[..length]);
    }
}
