using System.Diagnostics.CodeAnalysis;

namespace KubeApi.Queueing;

/// <summary>Keys to be worked on: each waits at most once, is with at most one worker,
/// and comes back when it changed meanwhile.</summary>
/// <remarks>
/// A worker takes a key with <see cref="TakeAsync"/> and gives it back with <see cref="Done"/>. What is added while it works is
/// handed out again afterwards. Time comes from a <see cref="TimeProvider"/>; there is one timer for all delayed keys.
/// </remarks>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly WorkQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly QueueMetrics _metrics;
    private readonly TokenBucket _rate;
    private readonly Lock _gate = new();
    private readonly LinkedList<TKey> _waiting = new();
    private readonly Dictionary<TKey, (long At, LinkedListNode<TKey> Place)> _added = [];
    private readonly HashSet<TKey> _working = [];
    private readonly HashSet<TKey> _again = [];
    private readonly HashSet<TKey> _firstAgain = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly DelayedKeys<TKey> _delayed = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _alarm;
    private bool _completed;

    public WorkQueue(WorkQueueOptions options, QueueMetrics metrics, TimeProvider time)
    {
        _options = options;
        _time = time;
        _metrics = metrics;
        _rate = new TokenBucket(options.KeysPerSecond, options.Burst, time);
        _alarm = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics.Observe(options.Name, () => Depth, () => OldestAge);
    }

    /// <summary>A worker is through with a key, and it does not come again at once: who waits for it waits in vain.</summary>
    public event Action<TKey>? Rested;

    /// <summary>Keys that could be handed out now.</summary>
    public int Depth
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>How long the first in line has waited; zero when nobody does.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            lock (_gate) return _waiting.First is { } first ? _time.GetElapsedTime(_added[first.Value].At) : TimeSpan.Zero;
        }
    }

    /// <summary>Keys that wait for their time, their turn or a worker, and those being worked on:
    /// zero when all is quiet.</summary>
    public int Busy
    {
        get
        {
            lock (_gate) return _waiting.Count + _working.Count + _again.Count;
        }
    }

    public void Add(TKey key)
    {
        lock (_gate)
        {
            if (!_completed) Enqueue(key);
        }
    }

    /// <summary>Adds all keys before a worker can take one of them, so that <see cref="Hurry"/>
    /// finds those that belong together.</summary>
    public void AddAll(IEnumerable<TKey> keys)
    {
        TKey[] all = [.. keys];
        lock (_gate)
        {
            if (_completed) return;
            foreach (var key in all) Enqueue(key);
        }
    }

    /// <summary>Puts a key that waits before all others, for what is best done
    /// together with something that is done now.</summary>
    /// <remarks>One that is worked on, and comes again afterwards, comes first then.</remarks>
    /// <returns>False when it neither waits nor is worked on; otherwise <see cref="Rested"/> tells of its end.</returns>
    public bool Hurry(TKey key)
    {
        lock (_gate)
        {
            if (_again.Contains(key))
            {
                _firstAgain.Add(key);
                return true;
            }

            if (!_added.TryGetValue(key, out var added)) return _working.Contains(key);

            _waiting.Remove(added.Place);
            _waiting.AddFirst(added.Place);
            return true;
        }
    }

    /// <summary>Adds a key when its time has come. The earliest time counts when there are several.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_gate)
        {
            if (_completed) return;
            _delayed.Put(key, Now + delay.Ticks);
            SetAlarm();
        }
    }

    /// <summary>Adds a key that failed: after a wait that grows with each failure in a row,
    /// up to a cap, with a tenth of jitter.</summary>
    /// <returns>The wait.</returns>
    public TimeSpan AddFailed(TKey key)
    {
        int failures;
        lock (_gate) _failures[key] = failures = _failures.GetValueOrDefault(key) + 1;

        var wait = Math.Min(
            _options.FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30)), _options.LongestRetry.TotalSeconds);
        var delay = TimeSpan.FromSeconds(wait * (1 + (0.1 * Random.Shared.NextDouble())));
        _metrics.Retried(_options.Name);
        AddAfter(key, delay);
        return delay;
    }

    /// <summary>Failures of a key in a row.</summary>
    public int Failures(TKey key)
    {
        lock (_gate) return _failures.GetValueOrDefault(key);
    }

    /// <summary>The key succeeded: its next failure counts as the first.</summary>
    public void Forget(TKey key)
    {
        lock (_gate) _failures.Remove(key);
    }

    /// <summary>The key's object is gone: neither its failures nor its time matter any more.</summary>
    public void Drop(TKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
            _delayed.Remove(key);
        }
    }

    /// <summary>Takes the next key, which is then this worker's until <see cref="Done"/>.</summary>
    /// <returns>False when the queue was completed.</returns>
    public async ValueTask<(bool Taken, TKey? Key)> TakeAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _available.WaitAsync(stopping).ConfigureAwait(false);
            if (TryTake(out var key))
            {
                if (_rate.Take() is { Ticks: > 0 } wait) await Task.Delay(wait, _time, stopping).ConfigureAwait(false);
                return (true, key);
            }

            if (_completed) return (false, default);
        }
    }

    /// <summary>The worker is through with the key.</summary>
    public void Done(TKey key)
    {
        lock (_gate)
        {
            _working.Remove(key);
            var comesAgain = _again.Remove(key);
            if (comesAgain) Enqueue(key);
            if (_firstAgain.Remove(key)) Hurry(key);
            if (comesAgain) return;
        }

        Rested?.Invoke(key);
    }

    /// <summary>Nothing is handed out any more; all who wait are told.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _waiting.Clear();
            _added.Clear();
        }

        _available.Release(int.MaxValue / 2);
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _available.Dispose();
    }

    /// <summary>Monotonic, in ticks of 100 ns: changes of the wall clock neither hurry nor hold anything.</summary>
    private long Now => _time.GetElapsedTime(0).Ticks;

    private void Enqueue(TKey key)
    {
        if (_working.Contains(key))
        {
            _again.Add(key);
            return;
        }

        if (_added.ContainsKey(key)) return;
        _added[key] = (_time.GetTimestamp(), _waiting.AddLast(key));
        _metrics.Added(_options.Name);
        _available.Release();
    }

    private bool TryTake([MaybeNullWhen(false)] out TKey key)
    {
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                key = default;
                return false;
            }

            key = first.Value;
            _waiting.RemoveFirst();
            _added.Remove(key, out var added);
            _metrics.Waited(_options.Name, _time.GetElapsedTime(added.At));
            _working.Add(key);
            // The pass that begins now says when the next is due.
            _delayed.Remove(key);
            return true;
        }
    }

    private void ReleaseDue()
    {
        lock (_gate)
        {
            if (_completed) return;
            while (_delayed.TryTakeDue(Now, out var key)) Enqueue(key);
            SetAlarm();
        }
    }

    private void SetAlarm()
    {
        if (_delayed.NextDue is not { } due) return;
        // A millisecond more than due: a timer that fires early would be set again at once.
        var left = TimeSpan.FromTicks(Math.Max(0, due - Now)) + TimeSpan.FromMilliseconds(1);
        _alarm.Change(left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers take 49 days; the alarm is set again when one is not enough.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
}
