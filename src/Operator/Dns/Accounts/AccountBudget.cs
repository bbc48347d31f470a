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

    /// <summary>Calls made since the start.</summary>
    public long Spent { get; private set; }

    /// <summary>Takes one call.</summary>
    /// <param name="wait">When false: until there is one.</param>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _left = Math.Min(capacity, _left + (now - _asOf) / period * capacity);
            _asOf = now;
            wait = _closedUntil > now ? _closedUntil - now : _left >= 1 ? TimeSpan.Zero : period / capacity * (1 - _left);
            if (wait > TimeSpan.Zero) return false;

            _left--;
            Spent++;
            return true;
        }
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
}
