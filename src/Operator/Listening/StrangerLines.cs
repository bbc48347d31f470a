using Operator.Dns.Accounts;

namespace Operator.Listening;

/// <summary>Lets lines about strangers into the log, a few a minute, whoever they are and however many: they can cause them as
/// often as they like, and must not fill the disk. Safe for concurrent use.</summary>
internal sealed class StrangerLines(TimeProvider time)
{
    public const int LinesAMinute = 20;

    private readonly AccountBudget _budget = new(LinesAMinute, TimeSpan.FromMinutes(1), time);
    private long _unsaid;

    /// <param name="unsaid">How many were not written since the last one that was.</param>
    public bool MayWrite(out long unsaid)
    {
        if (_budget.TryTake(out _))
        {
            unsaid = Interlocked.Exchange(ref _unsaid, 0);
            return true;
        }

        unsaid = Interlocked.Increment(ref _unsaid);
        return false;
    }
}
