using System.Collections.Immutable;
using KubeApi.Objects;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Http;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Accounts;

/// <summary>One account at one service: its budget, who waits for it, and its outage.
/// All records that use the account share it.</summary>
/// <remarks>
/// A record asks before it calls (<see cref="Admit"/>) and tells how it went (<see cref="Finish"/>). While the service is out one
/// record, the scout, looks after the host on behalf of all and makes the few attempts; the others sleep until they are woken.
/// </remarks>
/// <param name="hurry">Puts a record's pass first; false when none stands in line or is under way.</param>
public sealed class ServiceAccount(
    AccountBudget budget, ILivenessSignal signal, DnsMetrics metrics, TimeProvider time, Func<ObjectKey, bool> hurry)
{
    /// <summary>A scout that has not looked for so long is gone, and another takes its place.</summary>
    private static readonly TimeSpan LongestAbsence = 2 * AccountOutage.LookEvery;

    /// <summary>More is a chain of pages or retries, and no reason to hold back those behind for long.</summary>
    private const double MostCallsOfTurn = 10;

    private readonly Lock _gate = new();
    private readonly AccountLine _line = new(budget, time);
    private readonly JointRequests _joint = new(hurry, time);
    private readonly AccountRefusals _refusals = new();
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

    /// <summary>Until now this record waited for the account, and does so no longer:
    /// it has nothing to publish, or is gone.</summary>
    public void Leave(ObjectKey who)
    {
        ImmutableArray<ObjectKey> woken;
        lock (_gate)
        {
            _line.Leave(who);
            _sleepers.Remove(who);
            _joint.Withdraw(who);
            woken = _joint.TakeComplete();
            if (_scout == who)
            {
                _scout = _sleepers.Count > 0 ? _sleepers.First() : null;
                if (_scout is { } next) woken = woken.Add(next);
            }
        }

        foreach (var key in woken) Woken?.Invoke(key);
    }

    /// <summary>The record is gone, or at another account.</summary>
    public void Quit(ObjectKey who)
    {
        lock (_gate)
        {
            _joint.Quit(who);
            _refusals.Put(who, null);
        }

        Leave(who);
    }

    /// <summary>The record's pass is over, and none follows at once: nobody need wait for it.</summary>
    public void Rest(ObjectKey who)
    {
        ImmutableArray<ObjectKey> woken;
        lock (_gate)
        {
            _joint.Rest(who);
            woken = _joint.TakeComplete();
        }

        foreach (var key in woken) Woken?.Invoke(key);
    }

    /// <summary>What the service has refused a record for good, null for nothing.
    /// For services where that is about the account.</summary>
    public void Refuse(ObjectKey who, ProviderLockout? lockout)
    {
        lock (_gate) _refusals.Put(who, lockout);
    }

    /// <summary>A person says that refusals from before are settled.</summary>
    public void Settle(DateTimeOffset at)
    {
        ObjectKey[] woken = [];
        lock (_gate)
        {
            var settled = _refusals.Settle(at);
            if (settled.Length > 0) woken = [.. settled, .. _sleepers];
        }

        foreach (var key in woken) Woken?.Invoke(key);
    }

    /// <summary>Refusals from before this are settled; null when a person has settled none.</summary>
    public DateTimeOffset? SettledAt
    {
        get
        {
            lock (_gate) return _refusals.SettledAt;
        }
    }

    /// <summary>What came of a record's wish that another has sent; null when nothing new did.</summary>
    public JointAnswer? Collect(ObjectKey who)
    {
        lock (_gate) return _joint.Collect(who);
    }

    /// <summary>The answers to those who went along, each of whom collects its own.</summary>
    /// <param name="isTransaction">The service does all that is in a request, or nothing:
    /// that it did nothing says no more than that it refuses one of them.</param>
    public void Deliver(IReadOnlyCollection<JointAnswer> answers, bool isTransaction)
    {
        lock (_gate)
        {
            _joint.Deliver(answers, isTransaction);
            if (answers.Any(answer => IsSuspicious(answer.Outcome?.FailureOrNull)))
                _joint.Suspect(answers.Select(answer => answer.Wish.Who));
        }

        foreach (var answer in answers) Woken?.Invoke(answer.Wish.Who);
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

    /// <summary>It is out, and there are records that want something of it.
    /// One whose credentials were replaced meanwhile has none.</summary>
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
            lock (_gate)
                return _sleepers.Count > 0 || _underWay > 0 || _line.Count > 0
                    || _joint.IsInUse || budget.WaitFor(double.MaxValue) > TimeSpan.Zero;
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
    /// <param name="wish">What it wants, if that may be shared with others.</param>
    public Admission Admit(ObjectKey who, bool isRequested, NameWish? wish = null)
    {
        ImmutableArray<ObjectKey> woken;
        Admission admission;
        lock (_gate)
        {
            if (wish is not null && !_joint.MayShare(who)) wish = null;
            admission = AdmitLocked(who, isRequested, wish);
            if (wish is null || admission is Admission.Refused) _joint.Withdraw(who);
            woken = _joint.TakeComplete();
        }

        foreach (var key in woken) Woken?.Invoke(key);
        return admission;
    }

    /// <summary>The wait for the end of an outage; null when there is none.</summary>
    public Admission.Wait? WaitForEnd(ObjectKey who)
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
            _joint.End(who);
            _isKnown = true;
            Learn();
            var now = time.GetUtcNow();
            var wasOut = _outage.IsDeclared;
            _outage = failure is null
                ? _outage.Answered(now)
                : _outage.Failed(failure, go.Begun, now, initial, maximum, Random.Shared.NextDouble());
            if (failure is null) _joint.Clear(who);
            else if (IsSuspicious(failure) && go.Along.Length == 0) _joint.Convict(who);
            else if (IsSuspicious(failure)) _joint.Suspect([who]);
            if (_outage.IsDeclared) _joint.Acquit();
            if (wasOut && !_outage.IsDeclared)
            {
                woken = [.. _sleepers];
                _sleepers.Clear();
                _scout = null;
            }
            else if (_outage.IsDeclared && _scout == who
                && _sleepers.FirstOrDefault(other => other != who) is { Name: not null } other)
            {
                // Another next time: it may be this one name that the service cannot do.
                _scout = other;
                woken = [other];
            }
        }

        foreach (var key in woken) Woken?.Invoke(key);
    }

    private Admission AdmitLocked(ObjectKey who, bool isRequested, NameWish? wish)
    {
        var now = time.GetUtcNow();
        if (_refusals.Find() is { } refused)
        {
            _line.Leave(who);
            _sleepers.Add(who);
            return refused;
        }

        if (_joint.IsUnderWay(who)) return new Admission.Gather(now + ServiceClient.Deadline);

        if (_outage.IsDeclared && !isRequested && (now < _outage.NextAttempt || _underWay > 0)) return Sleep(who, now);

        _sleepers.Remove(who);
        if (wish is not null && _joint.Gather(wish) is { } until) return new Admission.Gather(until);
        if (!_line.IsTurn(who, _callsOfTurn, _underWay * _callsOfTurn, wish?.Most ?? 1, out var turn))
            return new Admission.Wait(
                "AccountBudget",
                "Many names share this account, or the service asked for a pause; it is this name's turn at nextAttempt.",
                turn, turn);

        _underWay++;
        var along = _joint.Take(who, wish);
        foreach (var other in along) _line.Leave(other.Who);
        return new Admission.Go(now) { Along = along };
    }

    // It answered, so it is there; but one name of several may be what it cannot do.
    private static bool IsSuspicious(ProviderFailure? failure) =>
        failure is { Class: FailureClass.Unknown } or { Class: FailureClass.Transient, Outage: ServiceOutage.Broken };

    private bool IsLookDue(ObjectKey who)
    {
        if (!_outage.IsDeclared || _outage.NextLook is not { } due) return false;
        var late = time.GetUtcNow() - due;
        return late >= TimeSpan.Zero && (_scout is null || _scout == who || late > LongestAbsence);
    }

    private Admission.Wait Sleep(ObjectKey who, DateTimeOffset now)
    {
        _sleepers.Add(who);
        _joint.Withdraw(who);
        _scout ??= who;
        DateTimeOffset? again = _scout != who ? null
            : _outage.NextLook < _outage.NextAttempt ? _outage.NextLook
            : _outage.NextAttempt;
        return new Admission.Wait(
            "ServiceDown",
            "The service does not work for this account, and all its names wait; "
            + "it is watched, and asked again as soon as it is back.",
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
