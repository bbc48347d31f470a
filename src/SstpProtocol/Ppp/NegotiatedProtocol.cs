using System.Diagnostics.CodeAnalysis;

namespace SstpProtocol.Ppp;

/// <summary>
/// One protocol that negotiates its options by RFC 1661: LCP or an NCP. Carries out what the <see cref="Automaton"/> says;
/// what the options mean is the derived class's.
/// </summary>
/// <remarks>Malformed packets, and answers to nothing that was asked, are silently discarded (RFC 1661 section 5).</remarks>
internal abstract class NegotiatedProtocol(PppProtocol protocol, NegotiationLimits limits, PppFrameQueue output)
{
    private readonly Queue<NegotiationEvent> _events = new();
    private readonly OptionWriter _options = new();
    private readonly OptionWriter _naks = new();
    private readonly OptionWriter _rejects = new();
    private readonly OwnRequest _request = new();

    private byte _lastIdentifier;
    private int _restartCount;
    private int _naksSent;
    private int _refusalsReceived;

    public PppState State { get; private set; } = PppState.Initial;

    public bool IsOpened => State == PppState.Opened;

    /// <summary>When <see cref="Tick"/> next has work to do: the restart timer.</summary>
    public MonotonicTime? NextDeadline { get; private set; }

    /// <summary>
    /// The largest packet the peer takes, in bytes; bounds what is copied into rejects. RFC 1661 starts at 1500.
    /// </summary>
    public int PeerMru { get; set; } = DefaultMru;

    /// <summary>RFC 1661 6.1: in force until something else is negotiated.</summary>
    protected const int DefaultMru = 1500;

    private bool LowerLayerIsUp => State is not (PppState.Initial or PppState.Starting);

    public void Up(MonotonicTime now)
    {
        if (!LowerLayerIsUp) Happen(PppEvent.Up, default, now);
    }

    public void Down(MonotonicTime now)
    {
        if (LowerLayerIsUp) Happen(PppEvent.Down, default, now);
    }

    public void Open(MonotonicTime now) => Happen(PppEvent.Open, default, now);

    public void Close(MonotonicTime now) => Happen(PppEvent.Close, default, now);

    /// <summary>The peer does not speak this protocol: it sent an LCP Protocol-Reject for it.</summary>
    public void Rejected(MonotonicTime now)
    {
        if (!LowerLayerIsUp) return;
        Fail(LinkEndReason.LcpRejected, $"the peer rejected {protocol}");
        Happen(PppEvent.RxjBad, default, now);
    }

    public void Tick(MonotonicTime now)
    {
        if (NextDeadline is { } deadline && deadline <= now)
            Happen(_restartCount > 0 ? PppEvent.TimeoutAgain : PppEvent.TimeoutLast, default, now);
    }

    public bool TryTakeEvent([NotNullWhen(true)] out NegotiationEvent? happened) => _events.TryDequeue(out happened);

    /// <param name="bytes">From the code octet on; padding may follow.</param>
    public void Receive(ReadOnlySpan<byte> bytes, MonotonicTime now)
    {
        if (!LowerLayerIsUp || !ControlPacket.TryRead(bytes, out var packet)) return;

        switch (packet.Code)
        {
            case ControlCode.ConfigureRequest: ReceiveRequest(packet, now); break;
            case ControlCode.ConfigureAck: ReceiveAck(packet, now); break;
            case ControlCode.ConfigureNak: ReceiveNak(packet, now); break;
            case ControlCode.ConfigureReject: ReceiveReject(packet, now); break;
            case ControlCode.TerminateRequest:
                PeerTerminates(packet.Data);
                Happen(PppEvent.Rtr, packet, now);
                break;
            case ControlCode.TerminateAck: Happen(PppEvent.Rta, packet, now); break;
            case ControlCode.CodeReject: ReceiveCodeReject(packet, now); break;
            default:
                if (!TryReceive(packet, now)) Happen(PppEvent.Ruc, packet, now);
                break;
        }
    }

    /// <summary>Writes the options wanted now.</summary>
    protected abstract void WriteRequest(OptionWriter request);

    /// <summary>A new Configure-Request of the peer is about to be judged, option by option: forget the one before.</summary>
    protected abstract void JudgingBegins();

    /// <param name="nak">Takes the option with the wanted value when the verdict is <see cref="OptionVerdict.Nak"/>.</param>
    protected abstract OptionVerdict Judge(ConfigureOption option, OptionWriter nak);

    /// <summary>Adds to a Configure-Nak what the peer left out and ought to ask for (RFC 1661 5.3).</summary>
    protected virtual void AddMissing(OptionWriter nak) { }

    /// <summary>The request judged last is being acknowledged and takes effect.</summary>
    protected abstract void PeerRequestAcknowledged();

    /// <summary>The peer wants another value for an option of ours, or wants an option that we did not ask for.</summary>
    protected abstract void OptionNaked(ConfigureOption option);

    /// <summary>The peer refuses an option that was in our request.</summary>
    protected abstract void OptionRejected(ConfigureOption option);

    /// <summary>A Terminate-Request came and is about to be answered.</summary>
    protected virtual void PeerTerminates(ReadOnlySpan<byte> data) { }

    /// <summary>The protocol cannot go on. For an NCP that is no reason to end the link.</summary>
    protected virtual void Fail(LinkEndReason reason, string text) { }

    /// <summary>The link is about to be terminated, so nothing more is asked for.</summary>
    protected virtual bool HasFailed => false;

    /// <returns>False for a code that this protocol does not know.</returns>
    protected virtual bool TryReceive(ControlPacket packet, MonotonicTime now) => false;

    protected virtual void SendEchoReply(ControlPacket request) { }

    protected void Report(NegotiationEvent negotiationEvent) => _events.Enqueue(negotiationEvent);

    /// <summary>Sends a packet that answers none, under a new identifier; cut to what the peer takes.</summary>
    protected void Send(ControlCode code, ReadOnlySpan<byte> data) => Send(code, ++_lastIdentifier, FitPeer(data));

    protected void Send(ControlCode code, byte identifier, ReadOnlySpan<byte> data) =>
        output.Enqueue(protocol, ControlPacket.Build(code, identifier, data));

    protected ReadOnlySpan<byte> FitPeer(ReadOnlySpan<byte> data) =>
        data[..Math.Min(data.Length, PeerMru - ControlPacket.HeaderSize)];

    protected void Happen(PppEvent happened, ControlPacket packet, MonotonicTime now)
    {
        (State, var actions) = Automaton.Step(State, happened);

        if (actions.HasFlag(PppActions.Tld)) Report(new NegotiationEvent.Down());
        if (actions.HasFlag(PppActions.Irc))
            _restartCount = actions.HasFlag(PppActions.Str) ? limits.MaxTerminate : limits.MaxConfigure;
        if (actions.HasFlag(PppActions.Zrc))
        {
            _restartCount = 0;
            NextDeadline = now + limits.RestartTimer;
        }

        if (actions.HasFlag(PppActions.Scr)) SendRequest(happened, now);
        if (actions.HasFlag(PppActions.Sca)) Acknowledge(packet);
        if (actions.HasFlag(PppActions.Scn)) Refuse(packet);
        if (actions.HasFlag(PppActions.Str))
        {
            Send(ControlCode.TerminateRequest, []);
            StartTimer(now);
        }

        if (actions.HasFlag(PppActions.Sta)) Send(ControlCode.TerminateAck, packet.Identifier, []);
        if (actions.HasFlag(PppActions.Scj)) Send(ControlCode.CodeReject, packet.Whole);
        if (actions.HasFlag(PppActions.Ser) && packet.Code == ControlCode.EchoRequest) SendEchoReply(packet);
        if (actions.HasFlag(PppActions.Tlu))
        {
            _refusalsReceived = 0;
            Report(new NegotiationEvent.Up());
        }

        // This-Layer-Started (tls) asks for a lower layer; here the lower layer decides for itself when it comes up.
        if (actions.HasFlag(PppActions.Tlf)) Report(new NegotiationEvent.Finished());

        if (!RunsTimer(State)) NextDeadline = null;
    }

    private static bool RunsTimer(PppState state) =>
        state is PppState.Closing or PppState.Stopping or PppState.ReqSent or PppState.AckRcvd or PppState.AckSent;

    private void StartTimer(MonotonicTime now)
    {
        _restartCount--;
        NextDeadline = now + limits.RestartTimer;
    }

    private void SendRequest(PppEvent happened, MonotonicTime now)
    {
        _options.Clear();
        WriteRequest(_options);

        // A retransmission keeps its identifier so that a late answer still counts (RFC 1661 5.1).
        var isNew = happened != PppEvent.TimeoutAgain || !_request.AwaitsAnswer;
        if (isNew || !_options.Written.SequenceEqual(_request.Options)) _request.Replace(++_lastIdentifier, _options.Written);

        _request.Sent();
        Send(ControlCode.ConfigureRequest, _request.Identifier, _request.Options);
        StartTimer(now);
    }

    private void ReceiveRequest(ControlPacket packet, MonotonicTime now)
    {
        // Codes 1 to 7 must fit the default MRU (RFC 1661 6.1); this also bounds what the answer can grow to.
        if (packet.Whole.Length > DefaultMru || !OptionReader.IsWellFormed(packet.Data)) return;
        Happen(IsAcceptable(packet.Data) ? PppEvent.RcrGood : PppEvent.RcrBad, packet, now);
    }

    private bool IsAcceptable(ReadOnlySpan<byte> options)
    {
        _naks.Clear();
        _rejects.Clear();
        JudgingBegins();

        var mayNak = _naksSent < limits.MaxFailure;
        foreach (var option in new OptionReader(options))
        {
            var verdict = Judge(option, _naks);
            if (verdict == OptionVerdict.Reject || (verdict == OptionVerdict.Nak && !mayNak)) _rejects.Add(option);
        }

        if (mayNak) AddMissing(_naks);
        else _naks.Clear();

        return _naks.Written.IsEmpty && _rejects.Written.IsEmpty;
    }

    private void Acknowledge(ControlPacket packet)
    {
        _naksSent = 0;
        PeerRequestAcknowledged();
        Send(ControlCode.ConfigureAck, packet.Identifier, packet.Data);
    }

    /// <summary>Rejected options go alone: only when none is left may the others be Nak'd (RFC 1661 5.4).</summary>
    private void Refuse(ControlPacket packet)
    {
        if (!_rejects.Written.IsEmpty)
        {
            Send(ControlCode.ConfigureReject, packet.Identifier, _rejects.Written);
            return;
        }

        _naksSent++;
        Send(ControlCode.ConfigureNak, packet.Identifier, _naks.Written);
    }

    private void ReceiveAck(ControlPacket packet, MonotonicTime now)
    {
        if (!_request.IsAnsweredBy(packet) || !packet.Data.SequenceEqual(_request.Options)) return;
        _request.Answered();
        Happen(PppEvent.Rca, packet, now);
    }

    private void ReceiveNak(ControlPacket packet, MonotonicTime now)
    {
        if (!_request.IsAnsweredBy(packet) || !OptionReader.IsWellFormed(packet.Data)) return;
        foreach (var option in new OptionReader(packet.Data)) OptionNaked(option);
        Refused(packet, now);
    }

    private void ReceiveReject(ControlPacket packet, MonotonicTime now)
    {
        if (!_request.IsAnsweredBy(packet) || !OptionReader.IsWellFormed(packet.Data)) return;
        foreach (var option in new OptionReader(packet.Data))
            if (!_request.Holds(option.Type)) return;

        foreach (var option in new OptionReader(packet.Data)) OptionRejected(option);
        Refused(packet, now);
    }

    private void Refused(ControlPacket packet, MonotonicTime now)
    {
        _request.Answered();
        if (HasFailed) return;

        // The automaton sends a new request for each refusal, so two ends that disagree would go on for ever.
        if (++_refusalsReceived <= limits.MaxConfigure)
        {
            Happen(PppEvent.Rcn, packet, now);
            return;
        }

        Fail(LinkEndReason.LcpNotConverging, $"the peer refused {_refusalsReceived} {protocol} requests in a row");
        Happen(PppEvent.RxjBad, packet, now);
    }

    private void ReceiveCodeReject(ControlPacket packet, MonotonicTime now)
    {
        if (packet.Data.IsEmpty) return;

        // Without the first seven codes there is no negotiation; the rest of LCP's are a convenience.
        var code = (ControlCode)packet.Data[0];
        if (code > ControlCode.CodeReject)
        {
            Happen(PppEvent.RxjGood, packet, now);
            return;
        }

        Fail(LinkEndReason.LcpRejected, $"the peer does not know {protocol} {code}");
        Happen(PppEvent.RxjBad, packet, now);
    }
}
