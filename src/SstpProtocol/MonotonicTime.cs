namespace SstpProtocol;

/// <summary>A point on a clock that never goes back and has no relation to the wall clock.</summary>
/// <param name="Milliseconds">Milliseconds since an origin that the caller chooses once per process or per test.</param>
public readonly record struct MonotonicTime(long Milliseconds) : IComparable<MonotonicTime>
{
    public int CompareTo(MonotonicTime other) => Milliseconds.CompareTo(other.Milliseconds);

    public static MonotonicTime operator +(MonotonicTime time, TimeSpan span) =>
        new(time.Milliseconds + (long)span.TotalMilliseconds);
    public static TimeSpan operator -(MonotonicTime later, MonotonicTime earlier) =>
        TimeSpan.FromMilliseconds(later.Milliseconds - earlier.Milliseconds);

    public static bool operator <(MonotonicTime left, MonotonicTime right) => left.Milliseconds < right.Milliseconds;
    public static bool operator >(MonotonicTime left, MonotonicTime right) => left.Milliseconds > right.Milliseconds;
    public static bool operator <=(MonotonicTime left, MonotonicTime right) => left.Milliseconds <= right.Milliseconds;
    public static bool operator >=(MonotonicTime left, MonotonicTime right) => left.Milliseconds >= right.Milliseconds;

    /// <summary>The earlier of two deadlines, where null means "none".</summary>
    public static MonotonicTime? Earlier(MonotonicTime? left, MonotonicTime? right) =>
        left is null ? right : right is null ? left : left < right ? left : right;
}
