namespace Operator.Dns.Accounts;

/// <summary>Things by key, each kept until nobody has asked for it for <see cref="Keep"/>. Safe for concurrent use.</summary>
/// <remarks>What goes is let go of, not disposed: a call under way may still hold it,
/// and connections that are idle close by themselves.</remarks>
/// <param name="isBusy">One that is busy stays however long nobody asks.</param>
public sealed class KeptWhileUsed<T>(TimeProvider time, Func<T, bool>? isBusy = null)
    where T : class
{
    /// <summary>Longer than between two passes of a record that is well, so that what is in use stays.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (T Value, DateTimeOffset Used)> _kept = [];
    private DateTimeOffset _swept = time.GetUtcNow();

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_gate) return [.. _kept.Values.Select(kept => kept.Value)];
        }
    }

    /// <summary>The one under a key; made when there is none, or when the one there does not fit any more.</summary>
    public T GetOrAdd(string key, Func<T> make, Func<T, bool>? fits = null)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var value = _kept.TryGetValue(key, out var kept) && fits?.Invoke(kept.Value) != false ? kept.Value : make();
            _kept[key] = (value, now);
            if (now - _swept >= SweepEvery) Sweep(now);
            return value;
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        _swept = now;
        foreach (var (key, (value, used)) in _kept)
        {
            if (now - used >= Keep && isBusy?.Invoke(value) != true) _kept.Remove(key);
        }
    }
}
