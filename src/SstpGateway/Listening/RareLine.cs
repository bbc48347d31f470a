namespace SstpGateway.Listening;

/// <summary>Lets a line into the log once in a while: strangers can cause it as often as they like, and must not fill the disk.
/// Metrics count each.</summary>
internal sealed class RareLine(TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _written;
    private long _unsaid;

    /// <param name="unsaid">How often it was not written since the last time it was.</param>
    public bool MayWrite(out long unsaid)
    {
        lock (_gate)
        {
            unsaid = _unsaid;
            if (_written is { } before && clock.GetElapsedTime(before) < Interval)
            {
                _unsaid++;
                return false;
            }

            (_written, _unsaid) = (clock.GetTimestamp(), 0);
            return true;
        }
    }
}
