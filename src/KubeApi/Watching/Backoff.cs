namespace KubeApi.Watching;

/// <summary>How long to wait after failures in a row.</summary>
/// <param name="random">From 0 up to 1; spreads those who failed together.</param>
public sealed class Backoff(TimeSpan first, TimeSpan cap, double jitter, TimeProvider time, Func<double> random)
{
    /// <summary>After this long without a failure the next counts as the first again.</summary>
    private static readonly TimeSpan Forgets = TimeSpan.FromMinutes(2);

    private int _failures;
    private long _lastFailure;

    /// <summary>As client-go's reflector: 800 ms doubled up to 30 s, each stretched to up to twice.</summary>
    public static Backoff ForWatches(TimeProvider time) =>
        new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30), 1.0, time, Random.Shared.NextDouble);

    public int Failures => _failures;

    /// <summary>Counts a failure.</summary>
    /// <returns>What to wait before trying again.</returns>
    public TimeSpan Next()
    {
        if (_failures > 0 && time.GetElapsedTime(_lastFailure) > Forgets + cap) _failures = 0;
        _lastFailure = time.GetTimestamp();

        var delay = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 30)), cap.TotalMilliseconds);
        _failures++;
        return TimeSpan.FromMilliseconds(delay * (1 + jitter * random()));
    }

    public void Reset() => _failures = 0;
}
