using System.Diagnostics.CodeAnalysis;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp;

/// <summary>
/// What both ends of a call do alike (MS-SSTP 3.1): abort, disconnect, echo, their timers. Touches no socket, clock, task
/// or log.
/// </summary>
/// <remarks>
/// Tell it what happened: <see cref="ReceiveControl"/>, <see cref="NoteData"/>, <see cref="Disconnect"/>, <see cref="Abort"/>,
/// <see cref="ConnectionLost"/>, <see cref="Tick"/>. Then ask, until each says there is nothing left:
/// <see cref="TryTransmit"/>, <see cref="TryTakeEvent"/>, and <see cref="NextDeadline"/> for when to tick again.
/// </remarks>
public abstract class SstpCall
{
    private readonly CallTimers _timers;
    private readonly CallOutput _output = new();
    private readonly Queue<CallEvent> _events = new();

    // The timer of the current state; once connected, the hello timer takes its place.
    private MonotonicTime? _stateDeadline;
    private HelloTimer _hello;

    private protected SstpCall(CallTimers timers, CallState initial, MonotonicTime now)
    {
        ThrowUnlessPositive(timers.Hello);
        ThrowUnlessPositive(timers.Abort1);
        ThrowUnlessPositive(timers.Abort2);
        ThrowUnlessPositive(timers.Disconnect1);
        ThrowUnlessPositive(timers.Disconnect2);

        _timers = timers;
        _hello = new HelloTimer(timers.Hello, now);
        State = initial;
    }

    public CallStage Stage => State.Stage;

    /// <summary>Whether PPP control packets (LCP, authentication, NCPs) pass, in both directions; others are dropped.</summary>
    public bool AcceptsPppControl => Stage is CallStage.CallConnectedPending or CallStage.CallConnected;

    /// <summary>Whether IP packets pass, in both directions; others are dropped without a fault.</summary>
    public bool AcceptsNetworkData => Stage is CallStage.CallConnected;

    /// <summary>Known as soon as the call starts to end, before <see cref="CallEvent.Closed"/>; null until then.</summary>
    public CallEnd? End { get; private set; }

    /// <summary>When <see cref="Tick"/> next has work to do; null when it will not unless something happens first.</summary>
    public MonotonicTime? NextDeadline => Stage switch
    {
        CallStage.CallConnected => _hello.Deadline,
        CallStage.Closed => null,
        _ => _stateDeadline,
    };

    private protected CallState State { get; private set; }

    /// <summary>Takes one control packet, whole and header included, as cut from the stream. Any bytes will do.</summary>
    public void ReceiveControl(ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (Stage is CallStage.Closed) return;
        if (SstpHeader.TryRead(packet, out var header) != ReadStatus.Complete
            || !header.IsControl || header.Length != packet.Length)
        {
            Abort(PeerFault.FramingBroken, now);
            return;
        }

        _hello.Restart(now);
        var type = ControlMessage.TypeOf(packet);
        var wellFormed = ControlMessage.TryRead(packet, out var message);

        // An abort is taken even when malformed: the answer to it and to a malformed message is the same.
        if (type is SstpMessageType.CallAbort)
            ReceiveAbort(wellFormed ? StatusInfoAttribute.Find(message.Attributes) : null, now);
        else if (Stage is CallStage.Ending) ReceiveWhileEnding(type, now);
        else if (!wellFormed) Abort(PeerFault.MalformedMessage, now);
        else ReceiveWhileRunning(message, now);
    }

    /// <summary>A data packet arrived, whatever became of it: the peer is alive.</summary>
    public void NoteData(MonotonicTime now) => _hello.Restart(now);

    /// <summary>Ends the call in an orderly way: CALL_DISCONNECT, then up to 5 s for the peer to acknowledge it.</summary>
    public void Disconnect(MonotonicTime now)
    {
        if (Stage is CallStage.Ending or CallStage.Closed) return;
        BeginEnd(new CallEnd(CallEndReason.LocalDisconnect));
        _output.AddDisconnect();
        EnterUntil(new CallState.DisconnectAckPending(), now + _timers.Disconnect1);
    }

    /// <summary>
    /// Gives the peer up: CALL_ABORT with the fault's status, then up to 3 s for the peer's own. After
    /// <see cref="PeerFault.FramingBroken"/> the call closes at once and sends nothing (MS-SSTP 3.1.5.1).
    /// </summary>
    public void Abort(PeerFault fault, MonotonicTime now) =>
        AbortWith(new CallEnd(CallEndReason.PeerFault) { Fault = fault }, now);

    /// <summary>The connection below is gone: TCP was reset, or TLS closed by the peer.</summary>
    public void ConnectionLost()
    {
        if (Stage is CallStage.Closed) return;
        BeginEnd(new CallEnd(CallEndReason.ConnectionLost));
        _output.Clear();
        Close();
    }

    /// <summary>Does what is due. Late ticks are not held against the peer: each deadline starts from the tick itself.</summary>
    public void Tick(MonotonicTime now)
    {
        if (NextDeadline is not { } deadline || now < deadline) return;

        if (Stage is CallStage.Ending) Close();
        else if (Stage is not CallStage.CallConnected) Abort(NegotiationTimerExpired(), now);
        else if (_hello.EchoIsUnanswered)
        {
            BeginEnd(new CallEnd(CallEndReason.PeerSilent));
            _output.Clear();
            Close();
        }
        else
        {
            _hello.NoteEchoSent(now);
            _output.AddEchoRequest();
        }
    }

    /// <summary>Hands over the next packet to send, whole and header included.</summary>
    /// <param name="destination"><see cref="SstpHeader.MaxLength"/> bytes are always enough.</param>
    public bool TryTransmit(Span<byte> destination, out int written) => _output.TryTake(destination, out written);

    /// <summary>Hands over the next event; <see cref="CallEvent.Closed"/> is the last one.</summary>
    public bool TryTakeEvent([NotNullWhen(true)] out CallEvent? callEvent) => _events.TryDequeue(out callEvent);

    /// <summary>A message of call establishment, in a stage before <see cref="CallStage.Ending"/>.</summary>
    private protected abstract void ReceiveEstablishment(ControlMessage message, MonotonicTime now);

    /// <summary>Names the fault when the timer of the current establishment state ran out.</summary>
    private protected abstract PeerFault NegotiationTimerExpired();

    /// <summary>Called when the call begins to end, while <see cref="State"/> is still the old one.</summary>
    private protected virtual void Ending()
    {
    }

    private protected void Enter(CallState next) => State = next;

    private protected void EnterUntil(CallState next, MonotonicTime deadline)
    {
        State = next;
        _stateDeadline = deadline;
    }

    /// <summary>Enters the connected state; the hello timer starts now.</summary>
    private protected void EnterConnected(CallState next, MonotonicTime now)
    {
        _hello.Restart(now);
        State = next;
    }

    private protected void Send(byte[] packet) => _output.Add(packet);

    private protected void Raise(CallEvent callEvent) => _events.Enqueue(callEvent);

    private protected void AbortWith(CallEnd end, MonotonicTime now)
    {
        var fault = end.Fault.GetValueOrDefault();
        if (Stage is CallStage.Closed || (Stage is CallStage.Ending && fault != PeerFault.FramingBroken)) return;

        BeginEnd(end);
        if (fault == PeerFault.FramingBroken)
        {
            _output.Clear();
            Close();
            return;
        }

        _output.AddAbort(fault.ToAttribute(), fault.ToStatus());
        EnterUntil(new CallState.AbortPending(), now + _timers.Abort1);
    }

    private protected static void ThrowUnlessPositive(TimeSpan timer)
    {
        if (timer <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(timer), timer, "every timer of a call must be above zero");
    }

    private void ReceiveWhileRunning(ControlMessage message, MonotonicTime now)
    {
        switch (message.Type)
        {
            case SstpMessageType.CallDisconnect:
                var status = StatusInfoAttribute.Find(message.Attributes);
                BeginEnd(
                    new CallEnd(CallEndReason.PeerDisconnect) { PeerStatus = status?.Status, PeerAttribute = status?.About });
                AcknowledgeDisconnect(now);
                break;

            // The specification aborts on an echo before the call is connected. Answering costs nothing, and a client that
            // waits for a person to approve the log-in may well ask whether the server is still there.
            case SstpMessageType.EchoRequest when AcceptsPppControl:
                _output.AddEchoResponse();
                break;
            case SstpMessageType.EchoResponse when AcceptsPppControl:
                break;

            case SstpMessageType.CallConnectRequest:
            case SstpMessageType.CallConnectAck:
            case SstpMessageType.CallConnectNak:
            case SstpMessageType.CallConnected:
                ReceiveEstablishment(message, now);
                break;

            case SstpMessageType.CallDisconnectAck:
            case SstpMessageType.EchoRequest:
            case SstpMessageType.EchoResponse:
                Abort(PeerFault.MessageOutOfTurn, now);
                break;

            default:
                Abort(PeerFault.UnknownMessageType, now);
                break;
        }
    }

    private void ReceiveAbort(StatusInfoAttribute? reason, MonotonicTime now)
    {
        if (State is CallState.AbortTimeoutPending or CallState.DisconnectTimeoutPending) return;
        if (State is not CallState.AbortPending)
        {
            BeginEnd(new CallEnd(CallEndReason.PeerAbort) { PeerStatus = reason?.Status, PeerAttribute = reason?.About });
            // The specification names no status for the answer, and reserves "no error" for CALL_DISCONNECT.
            _output.AddAbort(SstpAttributeId.StatusInfo, SstpStatus.UnacceptedFrameReceived);
        }

        EnterUntil(new CallState.AbortTimeoutPending(), now + _timers.Abort2);
    }

    private void ReceiveWhileEnding(SstpMessageType type, MonotonicTime now)
    {
        if (State is not CallState.DisconnectAckPending) return;
        if (type is SstpMessageType.CallDisconnectAck) Close();
        else if (type is SstpMessageType.CallDisconnect) AcknowledgeDisconnect(now);
    }

    private void AcknowledgeDisconnect(MonotonicTime now)
    {
        _output.AddDisconnectAck();
        EnterUntil(new CallState.DisconnectTimeoutPending(), now + _timers.Disconnect2);
    }

    private void BeginEnd(CallEnd end)
    {
        if (End is not null) return;
        Ending();
        End = end;
    }

    private void Close()
    {
        State = new CallState.Disconnected();
        _events.Enqueue(new CallEvent.Closed(End!));
    }
}
