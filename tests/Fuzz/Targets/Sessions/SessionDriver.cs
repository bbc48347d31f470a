using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;

namespace Fuzz.Targets.Sessions;

/// <summary>Feeds a session with a stream, as a pump does, and watches what it does about it.</summary>
internal sealed class SessionDriver(Session session, Action<SessionEvent, MonotonicTime> answer)
{
    // A silent peer is asked twice by echo; every negotiation step has a timer.
    // Ten minutes of steps are far more than those take.
    private const int MaxSteps = 300;

    private MonotonicTime _now = new(1_000_000);
    private bool _ended;
    private bool _bindingVerified;

    /// <summary>Whether tunnelled packets were let through at any time.</summary>
    public bool HasForwarded { get; private set; }

    public void Run(ReadOnlySpan<byte> input)
    {
        Settle();
        var stream = new PacketStream(input);
        while (stream.TryTake(out var packet))
        {
            session.Receive(packet, _now);
            Settle();

            // Now and then a second passes; which packets it follows is as good as random.
            if (packet[^1] % 16 != 7) continue;
            _now += TimeSpan.FromSeconds(1);
            Tick();
        }

        if (stream.IsBroken) session.FramingBroken("broken");
        LetTimePass();
    }

    /// <summary>The peer says nothing any more: that must end every session, and in no more than a few steps.</summary>
    private void LetTimePass()
    {
        for (var step = 0; session.NextDeadline is { } deadline; step++)
        {
            Oracle.Holds(step < MaxSteps, "never ends although its peer is silent");
            if (deadline > _now) _now = deadline;
            Tick();
        }

        Settle();
        Oracle.Holds(session.IsOver && _ended, "has no deadline although it is not over");
    }

    private void Tick()
    {
        session.Tick(_now);
        Settle();
        Oracle.Holds(session.NextDeadline is not { } next || next > _now, "wants to be ticked again at once");
    }

    private void Settle()
    {
        while (session.TryTransmit(out var packet)) SentPackets.CheckSstp(packet.Span);
        while (session.TryTakeEvent(out var happened))
        {
            Oracle.Holds(!_ended, "says something after its end");
            _ended |= happened is SessionEvent.Ended;
            _bindingVerified |= happened is SessionEvent.BindingVerified;
            answer(happened, _now);
            while (session.TryTransmit(out var packet)) SentPackets.CheckSstp(packet.Span);
        }

        var forwards = session.Forwards(PppProtocol.Ipv4) || session.Forwards(PppProtocol.Ipv6);
        Oracle.Holds(!forwards || (_bindingVerified && !_ended), "forwards before the binding is verified, or after the end");
        Oracle.Holds(session.IsOver == _ended, "over without saying so");
        HasForwarded |= forwards;
    }
}
