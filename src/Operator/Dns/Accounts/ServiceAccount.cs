using KubeApi.Objects;
using Operator.Dns.Providers;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Accounts;

/// <summary>One account at one service: its budget, who waits for it, and its outage. All records that use the account share it.</summary>
/// <remarks>
/// A record asks before it calls (<see cref="Admit"/>) and tells how it went (<see cref="Finish"/>). While the service is out one record,
/// the scout, looks after the host on behalf of all and makes the few attempts; the others sleep until they are woken.
/// </remarks>
public sealed class ServiceAccount(AccountBudget budget, ILivenessSignal signal, DnsMetrics metrics, TimeProvider time)
{
    /// <summary>A scout that has not looked for so long is gone, and another takes its place.</summary>
    private static readonly TimeSpan LongestAbsence = 2 * AccountOutage.LookEvery;

    /// <summary>More is a chain of pages or retries, and no reason to hold back those behind for long.</summary>
    private const double MostCallsOfTurn = 10;

    private readonly Lock _gate = new();
    private readonly AccountLine _line = new(budget, time);
    private readonly HashSet<ObjectKey> _sleepers = [];
    private AccountOutage _outage = AccountOutage.None;
    private ObjectKey? _scout;
    private bool _isKnown;
    private int _underWay;
    private double _callsOfTurn = 1;
    private long _spentBefore = budget.Spent;

    /// <summary>It is worth while for this record to ask again.</summary>
    public event Action<ObjectKey>? Woken;

    public AccountBudget Budget => budget;

    /// <summary>Until now this record waited for the account, and does so no longer: it has nothing to publish, or is gone.</summary>
    public void Leave(ObjectKey who)
    {
        ObjectKey? next = null;
        lock (_gate)
        {
            _line.Leave(who);
            _sleepers.Remove(who);
            if (_scout == who) next = _scout = _sleepers.Count > 0 ? _sleepers.First() : null;
        }

        if (next is { } scout) Woken?.Invoke(scout);
    }

    /// <summary>When waits that began before the service came back are over; null when it was not away.</summary>
    public DateTimeOffset? ReturnedAt
    {
        get
        {
            lock (_gate) return _outage.ReturnedAt;
        }
    }

    public bool IsOut
    {
        get
        {
            lock (_gate) return _outage.IsDeclared;
        }
    }

    /// <summary>It is out, and there are records that want something of it. One whose credentials were replaced meanwhile has none.</summary>
    public bool IsMissed
    {
        get
        {
            lock (_gate) return _outage.IsDeclared && (_sleepers.Count > 0 || _underWay > 0);
        }
    }

    /// <summary>Something would be lost with it: who waits or calls, or how long the service is to be left alone.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate) return _sleepers.Count > 0 || _underWay > 0 || _line.Count > 0 || budget.WaitFor(double.MaxValue) > TimeSpan.Zero;
        }
    }

    public int Waiting
    {
        get
        {
            lock (_gate) return _line.Count;
        }
    }

    /// <summary>Failures that a record's status tells of: after a restart that is all that is known of an outage.</summary>
    public void Recall(PublishFailures failures, DateTimeOffset? nextAttempt)
    {
        var isDown = failures.Class == nameof(FailureClass.ProviderDown);
        if (failures.Count < AccountOutage.DeclaredAfter || !(isDown || failures.Class == nameof(FailureClass.Transient))) return;
        lock (_gate)
        {
            if (_isKnown) return;

            _isKnown = true;
            var now = time.GetUtcNow();
            _outage = AccountOutage.Recall(failures.Count, failures.Last ?? now, nextAttempt ?? now, isDown, now);
        }
    }

    /// <summary>Looks at the host, if the service is out, a look is due, and it is this record that looks.</summary>
    public async Task LookAsync(ObjectKey who, CancellationToken stopping)
    {
        lock (_gate)
        {
            if (!IsLookDue(who)) return;
            _scout = who;
            _outage = _outage with { NextLook = time.GetUtcNow() + AccountOutage.LookEvery };    // nobody else meanwhile
        }

        var seen = await signal.LookAsync(stopping);
        metrics.Looked(seen);
        lock (_gate)
            if (_outage.IsDeclared) _outage = _outage.Looked(seen, time.GetUtcNow(), Random.Shared.NextDouble());
    }

    /// <summary>Whether a record may call now.</summary>
    /// <param name="isRequested">A person asks for it: an outage is not waited for, the budget is.</param>
    public Admission Admit(ObjectKey who, bool isRequested)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_outage.IsDeclared && !isRequested && (now < _outage.NextAttempt || _underWay > 0)) return Sleep(who, now);

            _sleepers.Remove(who);
            if (!_line.IsTurn(who, _callsOfTurn, _underWay * _callsOfTurn, out var turn))
                return new Admission.Wait("AccountBudget", "Many names share this account, or the service asked for a pause; it is this name's turn at nextAttempt.", turn, turn);

            _underWay++;
            return new Admission.Go(now);
        }
    }

    /// <summary>The wait for the end of an outage; null when there is none.</summary>
    public Admission.Wait? Rest(ObjectKey who)
    {
        lock (_gate) return _outage.IsDeclared ? Sleep(who, time.GetUtcNow()) : null;
    }

    /// <summary>How an attempt went.</summary>
    public void Finish(Admission.Go go, ObjectKey who, ProviderFailure? failure, TimeSpan initial, TimeSpan maximum)
    {
        ObjectKey[] woken = [];
        lock (_gate)
        {
            _underWay--;
            _isKnown = true;
            Learn();
            var now = time.GetUtcNow();
            var wasOut = _outage.IsDeclared;
            _outage = failure is null ? _outage.Answered(now) : _outage.Failed(failure, go.Begun, now, initial, maximum, Random.Shared.NextDouble());
            if (wasOut && !_outage.IsDeclared)
            {
                woken = [.. _sleepers];
                _sleepers.Clear();
                _scout = null;
            }
            else if (_outage.IsDeclared && _scout == who && _sleepers.FirstOrDefault(other => other != who) is { Name: not null } other)
            {
                // Another next time: it may be this one name that the service cannot do.
                _scout = other;
                woken = [other];
            }
        }

        foreach (var key in woken) Woken?.Invoke(key);
    }

    private bool IsLookDue(ObjectKey who)
    {
        if (!_outage.IsDeclared || _outage.NextLook is not { } due) return false;
        var late = time.GetUtcNow() - due;
        return late >= TimeSpan.Zero && (_scout is null || _scout == who || late > LongestAbsence);
    }

    private Admission.Wait Sleep(ObjectKey who, DateTimeOffset now)
    {
        _sleepers.Add(who);
        _scout ??= who;
        DateTimeOffset? again = _scout != who ? null : _outage.NextLook < _outage.NextAttempt ? _outage.NextLook : _outage.NextAttempt;
        return new Admission.Wait(
            "ServiceDown", "The service does not work for this account, and all its names wait; it is watched, and asked again as soon as it is back.",
            _outage.NextAttempt, again < now ? now : again);
    }

    // What a turn takes is learnt from turns: a dyndns2 service takes one call, one with marks up to five.
    private void Learn()
    {
        var spent = budget.Spent - _spentBefore;
        _spentBefore = budget.Spent;
        _callsOfTurn = Math.Clamp(0.7 * _callsOfTurn + 0.3 * spent, 1, MostCallsOfTurn);
    }
}
