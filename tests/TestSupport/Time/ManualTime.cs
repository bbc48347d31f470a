namespace TestSupport.Time;

/// <summary>A clock that moves only when the test says so. Timers that fall due are run by <see cref="Advance"/>,
/// in order.</summary>
/// <param name="start">What it shows an hour before the test begins; 1970 when the test does not care.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? DateTimeOffset.UnixEpoch;
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate) return _now.Ticks;
    }

    /// <summary>Timers that are set now: how a test knows that what it drives waits.</summary>
    public int TimerCount
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    /// <summary>How many <see cref="Task.Delay(TimeSpan, TimeProvider)"/> are waited for now. Who is in one has nothing
    /// else to do; a deadline of something under way is no pause.</summary>
    public int Pauses
    {
        get
        {
            lock (_gate) return _timers.Count(timer => timer.IsPause);
        }
    }

    /// <summary>Whether a timer is set that was set to this time: tells one deadline from another.</summary>
    public bool IsSet(TimeSpan dueTime)
    {
        lock (_gate) return _timers.Any(timer => timer.Length == dueTime);
    }

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), isPause: state is Task);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan step)
    {
        var end = TimeSpan.FromTicks(GetTimestamp()) + step;
        while (TakeDue(end) is { } fire) fire();
        lock (_gate) _now = end;
    }

    private Action? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            if (_timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is not { } next) return null;

            _now = next.Due > _now ? next.Due : _now;
            if (next.Period > TimeSpan.Zero) next.Due += next.Period;
            else _timers.Remove(next);
            return next.Fire;
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;

            timer.Due = _now + dueTime;
            timer.Length = dueTime;
            timer.Period = period;
            _timers.Add(timer);
        }
    }

    private sealed class ManualTimer(ManualTime owner, Action fire, bool isPause) : ITimer
    {
        public TimeSpan Due { get; set; }

        /// <summary>From when it was set until it is due.</summary>
        public TimeSpan Length { get; set; }

        public bool IsPause => isPause;

        /// <summary>Zero or less: fires once.</summary>
        public TimeSpan Period { get; set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Set(this, dueTime, period);
            return true;
        }

        public void Dispose() => owner.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
