namespace Operator.Dns.Accounts;

/// <summary>How many calls an account may make: a bucket that fills evenly. One account may serve many names.</summary>
/// <param name="capacity">Calls at once.</param>
/// <param name="period">In which the whole of it comes back.</param>
public sealed class AccountBudget(int capacity, TimeSpan period, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = capacity;
    private DateTimeOffset _asOf = time.GetUtcNow();
    private DateTimeOffset _closedUntil;

    /// <summary>In which one call comes back.</summary>
    public TimeSpan Interval => period / capacity;

    /// <summary>Calls made since the start.</summary>
    public long Spent { get; private set; }

    /// <summary>Takes one call.</summary>
    /// <param name="wait">When false: until there is one.</param>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = Wait(1);
            if (wait > TimeSpan.Zero) return false;

            Take();
            return true;
        }
    }

    /// <summary>Takes one call, whatever is left: for what was begun while there was enough.</summary>
    public void Spend()
    {
        lock (_gate)
        {
            Refill();
            Take();
        }
    }

    /// <summary>How long until there are so many calls; zero: now.</summary>
    public TimeSpan WaitFor(double calls)
    {
        lock (_gate) return Wait(Math.Min(calls, capacity));
    }

    /// <summary>The service said to wait; nobody of this account calls before that.</summary>
    public void Close(TimeSpan wait)
    {
        lock (_gate)
        {
            var until = time.GetUtcNow() + wait;
            if (until > _closedUntil) _closedUntil = until;
        }
    }

    private TimeSpan Wait(double calls)
    {
        var now = Refill();
        var closed = _closedUntil > now ? _closedUntil - now : TimeSpan.Zero;
        var empty = _left >= calls ? TimeSpan.Zero : Interval * (calls - _left);
        return closed > empty ? closed : empty;
    }

    private DateTimeOffset Refill()
    {
        var now = time.GetUtcNow();
        var passed = now - _asOf;
        if (passed < TimeSpan.Zero)
        {
            // The clock was set back: no time has passed, and none of what is left to wait.
            if (_closedUntil > _asOf) _closedUntil += passed;
            passed = TimeSpan.Zero;
        }

        _left = Math.Min(capacity, _left + passed / period * capacity);
        _asOf = now;
        return now;
    }

    private void Take()
    {
        _left--;
        Spent++;
    }
}
