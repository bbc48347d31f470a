namespace SstpProtocol.Sstp;

/// <summary>The hello timer of a connected call (MS-SSTP 3.1.2.3), as two stamps:
/// nothing to cancel, and cheap to restart.</summary>
internal struct HelloTimer(TimeSpan interval, MonotonicTime now)
{
    private MonotonicTime _lastReceived = now;
    private MonotonicTime? _echoSent;

    /// <summary>When an echo is due, or its answer overdue.</summary>
    public readonly MonotonicTime Deadline => (EchoIsUnanswered ? _echoSent.GetValueOrDefault() : _lastReceived) + interval;

    /// <summary>An echo was sent and nothing at all has come since.</summary>
    // A stamp equal to that of the echo is later than it: had the packet come first, the echo would not have been due.
    public readonly bool EchoIsUnanswered => _echoSent is { } sent && sent > _lastReceived;

    /// <summary>Any packet came, of control or of data.</summary>
    public void Restart(MonotonicTime now) => _lastReceived = now;

    public void NoteEchoSent(MonotonicTime now) => _echoSent = now;
}
