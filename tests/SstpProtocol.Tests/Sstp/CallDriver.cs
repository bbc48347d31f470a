using SstpProtocol.Sstp;

namespace SstpProtocol.Tests.Sstp;

/// <summary>One end of a call under virtual time, with everything it sent and said written down.</summary>
internal sealed class CallDriver<TCall>(TCall call)
    where TCall : SstpCall
{
    public TCall Call { get; } = call;

    public MonotonicTime Now { get; private set; }

    /// <summary>Packets sent and not yet taken by <see cref="TakeSent"/>.</summary>
    public List<byte[]> Sent { get; } = [];

    public List<CallEvent> Events { get; } = [];

    public IEnumerable<SstpMessageType> SentTypes => Sent.Select(packet => (SstpMessageType)((packet[4] << 8) | packet[5]));

    /// <summary>Seconds until the next deadline; null when there is none.</summary>
    public double? SecondsLeft => Call.NextDeadline is { } deadline ? (deadline - Now).TotalSeconds : null;

    public CallEnd? End => Events.OfType<CallEvent.Closed>().SingleOrDefault()?.End;

    public CallDriver<TCall> Receive(params byte[][] packets)
    {
        foreach (var packet in packets) Call.ReceiveControl(packet, Now);
        return Drain();
    }

    public CallDriver<TCall> Do(Action<TCall, MonotonicTime> action)
    {
        action(Call, Now);
        return Drain();
    }

    /// <summary>Lets time pass, ticking at each deadline on the way and at the end.</summary>
    public CallDriver<TCall> Wait(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Call.NextDeadline is { } deadline && deadline <= end)
        {
            Now = deadline > Now ? deadline : Now;
            Do((call, now) => call.Tick(now));
        }

        Now = end;
        return Do((call, now) => call.Tick(now));
    }

    public List<byte[]> TakeSent()
    {
        List<byte[]> sent = [.. Sent];
        Sent.Clear();
        return sent;
    }

    public CallDriver<TCall> Drain()
    {
        var buffer = new byte[SstpHeader.MaxLength];
        while (Call.TryTransmit(buffer, out var written)) Sent.Add(buffer[..written]);
        while (Call.TryTakeEvent(out var callEvent)) Events.Add(callEvent);
        return this;
    }
}
