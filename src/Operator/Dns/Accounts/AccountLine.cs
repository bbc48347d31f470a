using KubeApi.Objects;

namespace Operator.Dns.Accounts;

/// <summary>Records that wait for their account's budget, first come, first served, each with the instant of its turn.</summary>
/// <remarks>
/// A turn is given once and kept, so a person reads the same time for as long as it takes, and nobody who came later is faster.
/// Not safe for concurrent use; its owner locks.
/// </remarks>
public sealed class AccountLine(AccountBudget budget, TimeProvider time)
{
    private readonly Dictionary<ObjectKey, DateTimeOffset> _turns = [];
    private DateTimeOffset _last;

    public int Count => _turns.Count;

    /// <summary>Whether it is a record's turn, and otherwise when it will be.</summary>
    /// <param name="calls">That a turn takes.</param>
    /// <param name="reserved">Calls that those under way will take yet.</param>
    /// <param name="together">Records that may go in one turn.</param>
    public bool IsTurn(ObjectKey who, double calls, double reserved, int together, out DateTimeOffset turn)
    {
        var now = time.GetUtcNow();
        var wait = budget.WaitFor(calls + reserved);
        var waits = _turns.TryGetValue(who, out turn);
        if (waits && turn > now) return false;
        if (wait == TimeSpan.Zero && (waits || _turns.Count == 0))
        {
            _turns.Remove(who);
            return true;
        }

        // Behind the last; one whose turn came too early, because turns took more calls than expected, before all others.
        var spacing = budget.Interval * calls / together;
        var free = now + wait;
        turn = waits || _turns.Count == 0 || _last + spacing < free ? free : _last + spacing;
        if (turn > _last) _last = turn;
        _turns[who] = turn;
        return false;
    }

    public void Leave(ObjectKey who) => _turns.Remove(who);
}
