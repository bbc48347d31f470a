namespace SstpProtocol.Ppp.Authentication;

/// <summary>One packet that is sent again until it is answered or the peer counts as gone.</summary>
internal sealed class Retransmission(AuthenticatorSettings settings, PppFrameQueue output, PppProtocol protocol)
{
    private byte[] _packet = [];
    private int _retransmissions;
    private bool _repeats;

    /// <summary>When <see cref="Tick"/> has work; null while nothing waits for an answer.</summary>
    public MonotonicTime? Deadline { get; private set; }

    public void Send(byte[] packet, MonotonicTime now)
    {
        Remember(packet, repeats: true);
        Deadline = now + settings.RetransmitAfter;
    }

    /// <summary>Sends a packet that a person answers: once, with more time.</summary>
    public void SendOnce(byte[] packet, TimeSpan wait, MonotonicTime now)
    {
        Remember(packet, repeats: false);
        Deadline = now + wait;
    }

    public void Stop() => Deadline = null;

    /// <returns>False when the time is up for good.</returns>
    public bool Tick(MonotonicTime now)
    {
        if (Deadline is not { } deadline || now < deadline) return true;

        if (!_repeats || _retransmissions >= settings.MaxRetransmissions)
        {
            Stop();
            return false;
        }

        _retransmissions++;
        output.Enqueue(protocol, _packet);
        Deadline = now + settings.RetransmitAfter;
        return true;
    }

    private void Remember(byte[] packet, bool repeats)
    {
        _packet = packet;
        _retransmissions = 0;
        _repeats = repeats;
        output.Enqueue(protocol, packet);
    }
}
