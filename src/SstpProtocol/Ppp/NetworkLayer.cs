namespace SstpProtocol.Ppp;

/// <summary>One network protocol over a link, from its control protocol to the events its owner sees.</summary>
/// <param name="opened">
/// What to report when the control protocol has opened; null when what was negotiated cannot be used.
/// </param>
internal sealed class NetworkLayer<TEvent>(NegotiatedProtocol control, Func<TEvent?> opened, Func<TEvent> closed)
    where TEvent : class
{
    /// <summary>Packets may pass: the owner has been told that it is open, and not yet that it is closed.</summary>
    public bool IsOpen { get; private set; }

    public MonotonicTime? NextDeadline => control.NextDeadline;

    public void Start(int peerMru, MonotonicTime now)
    {
        control.PeerMru = peerMru;
        control.Open(now);
        control.Up(now);
    }

    public void Receive(ReadOnlySpan<byte> packet, MonotonicTime now) => control.Receive(packet, now);

    public void Rejected(MonotonicTime now) => control.Rejected(now);

    public void Tick(MonotonicTime now) => control.Tick(now);

    /// <summary>The link below is gone.</summary>
    public void Stop(MonotonicTime now) => control.Down(now);

    public void Follow(Queue<TEvent> events, MonotonicTime now)
    {
        while (control.TryTakeEvent(out var happened))
        {
            if (happened is NegotiationEvent.Up)
            {
                var told = opened();
                IsOpen = told is not null;
                if (told is null) control.Close(now);
                else events.Enqueue(told);
            }
            else if (happened is NegotiationEvent.Down && IsOpen)
            {
                IsOpen = false;
                events.Enqueue(closed());
            }
        }
    }
}
