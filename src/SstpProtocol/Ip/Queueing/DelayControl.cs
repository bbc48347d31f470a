namespace SstpProtocol.Ip.Queueing;

/// <summary>CoDel (RFC 8289): decides from how long packets have waited when one should be dropped. One a flow.</summary>
internal struct DelayControl
{
    /// <summary>A wait that is fine for as long as one likes. RFC 8289 4.4 has 5 ms; the clock here ticks in milliseconds,
    /// and TLS records come in steps.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the wait must have been above it: a round trip at the worst (RFC 8289 4.3).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private MonotonicTime? _aboveUntil;
    private MonotonicTime _nextDrop;
    private int _count;
    private int _lastCount;
    private bool _isDropping;

    /// <summary>Told of each packet that leaves, in order.</summary>
    /// <param name="waited">How long it was in the queue.</param>
    /// <param name="isLast">Little is left behind it: then there is no queue to shorten.</param>
    /// <returns>True when it should be dropped, or marked, and the next one asked about.</returns>
    public bool ShouldDrop(TimeSpan waited, bool isLast, MonotonicTime now)
    {
        var mayDrop = StandsAbove(waited, isLast, now);
        if (_isDropping)
        {
            if (!mayDrop)
            {
                _isDropping = false;
                return false;
            }

            if (now < _nextDrop) return false;
            _count++;
            _nextDrop += Pause();
            return true;
        }

        if (!mayDrop) return false;
        _isDropping = true;
        // Soon after an earlier bout the pace goes on from where it was (RFC 8289 4.2).
        var since = _count - _lastCount;
        _count = since > 1 && now - _nextDrop < Interval * 16 ? since : 1;
        _lastCount = _count;
        _nextDrop = now + Pause();
        return true;
    }

    private readonly TimeSpan Pause() => Interval / Math.Sqrt(_count);

    private bool StandsAbove(TimeSpan waited, bool isLast, MonotonicTime now)
    {
        if (waited < Target || isLast)
        {
            _aboveUntil = null;
            return false;
        }

        _aboveUntil ??= now + Interval;
        return now >= _aboveUntil;
    }
}
