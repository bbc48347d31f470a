using System.Collections.Immutable;
using KubeApi.Objects;

namespace Operator.Dns.Accounts;

/// <summary>Names of one account that go in one request: who wants what, who is waited for, and what came of it.</summary>
/// <remarks>
/// A record whose pass finds something to publish leaves a wish. If other records of the account stand in line for a pass, theirs
/// are put first, and those that are in one are waited for; the last of them to come sends for all. Where there are none the
/// record sends at once. Those who were sent for get their answers at their next pass, so what is decided about a record is
/// decided in its own pass alone. Not safe for concurrent use; its owner locks.
/// </remarks>
/// <param name="hurry">Puts a record's pass first; false when none stands in line or is under way.</param>
public sealed class JointRequests(Func<ObjectKey, bool> hurry, TimeProvider time)
{
    /// <summary>A service that gave a list an answer that leaves open whom it means is given none for so long.</summary>
    private static readonly TimeSpan SinglesFor = TimeSpan.FromDays(1);

    private readonly OrderedDictionary<ObjectKey, NameWish> _wishes = [];
    private readonly Dictionary<string, Gathering> _gatherings = [];
    private readonly HashSet<ObjectKey> _callers = [];
    private readonly HashSet<ObjectKey> _underWay = [];
    private readonly Dictionary<ObjectKey, JointAnswer> _answers = [];
    private readonly HashSet<ObjectKey> _suspects = [];
    private readonly HashSet<ObjectKey> _culprits = [];
    private DateTimeOffset _singlesUntil;

    /// <summary>Something would be lost with it.</summary>
    public bool IsInUse => _wishes.Count + _underWay.Count + _answers.Count > 0;

    /// <summary>The record is gone, or at another account.</summary>
    public void Quit(ObjectKey who)
    {
        _wishes.Remove(who);
        _underWay.Remove(who);
        _answers.Remove(who);
        Clear(who);
    }

    /// <summary>Whether a record's request may be shared.</summary>
    public bool MayShare(ObjectKey who) =>
        _singlesUntil <= time.GetUtcNow() && !_suspects.Contains(who) && !_culprits.Contains(who);

    /// <summary>Another's request has taken the record's wish along, and its answer is not there yet.</summary>
    public bool IsUnderWay(ObjectKey who) => _underWay.Contains(who);

    /// <summary>Leaves a wish.</summary>
    /// <returns>Until when the record waits for others; null when it goes now.</returns>
    public DateTimeOffset? Gather(NameWish wish)
    {
        // In its place in line, if it had one.
        _wishes[wish.Who] = wish;
        var now = time.GetUtcNow();
        if (!_gatherings.TryGetValue(wish.Kind, out var gathering))
            _gatherings[wish.Kind] = gathering = new Gathering(
                new Queue<ObjectKey>(wish.Siblings().OrderBy(_answers.ContainsKey)), [], now + JointPlan.Patience);
        gathering.Expected.Remove(wish.Who);
        if (gathering.Called is null && !IsComplete(wish, gathering)) return gathering.Until;

        _gatherings.Remove(wish.Kind);
        return null;
    }

    /// <summary>The record calls, and takes these along.</summary>
    /// <param name="wish">Null: it goes alone.</param>
    public ImmutableArray<NameWish> Take(ObjectKey who, NameWish? wish)
    {
        _callers.Add(who);
        if (wish is null) return [];

        var along = JointPlan.Along(wish, _wishes.Values);
        _wishes.Remove(wish.Who);
        foreach (var other in along)
        {
            _wishes.Remove(other.Who);
            _underWay.Add(other.Who);
        }

        return along;
    }

    /// <summary>The record's call is over.</summary>
    public void End(ObjectKey who) => _callers.Remove(who);

    /// <summary>The record has come, and wants nothing that could be shared.</summary>
    public void Withdraw(ObjectKey who)
    {
        _wishes.Remove(who);
        Rest(who);
    }

    /// <summary>The record's pass is over, whatever it wanted.</summary>
    public void Rest(ObjectKey who)
    {
        foreach (var gathering in _gatherings.Values) gathering.Expected.Remove(who);
    }

    /// <summary>Somebody for each request that waits for nobody any more; it is to have a pass.</summary>
    public ImmutableArray<ObjectKey> TakeComplete()
    {
        var first = ImmutableArray.CreateBuilder<ObjectKey>();
        foreach (var (kind, gathering) in _gatherings)
        {
            if (gathering.Expected.Count > 0) continue;
            if (_wishes.Values.FirstOrDefault(wish => wish.Kind == kind) is not { } wish)
            {
                _gatherings.Remove(kind);
                continue;
            }

            // It stays until its request goes: whoever is called waits for nobody else that may come meanwhile.
            if (gathering.Called == wish.Who || !IsComplete(wish, gathering)) continue;
            gathering.Called = wish.Who;
            first.Add(wish.Who);
        }

        return first.ToImmutable();
    }

    /// <summary>The answers to those who went along.</summary>
    /// <param name="isTransaction">No answer at all does not mean that the service takes no lists.</param>
    public void Deliver(IReadOnlyCollection<JointAnswer> answers, bool isTransaction)
    {
        foreach (var answer in answers)
        {
            if (!_underWay.Remove(answer.Wish.Who)) continue;    // it has quit meanwhile
            if (answer.Outcome is null) _suspects.Add(answer.Wish.Who);
            else _answers[answer.Wish.Who] = answer;
        }

        if (!isTransaction && answers.All(answer => answer.Outcome is null)) _singlesUntil = time.GetUtcNow() + SinglesFor;
    }

    /// <summary>What came of the record's wish; null when nothing new did.</summary>
    public JointAnswer? Collect(ObjectKey who) => _answers.Remove(who, out var answer) ? answer : null;

    /// <summary>One of these may be what the service stumbles over: each goes alone next time.</summary>
    public void Suspect(IEnumerable<ObjectKey> keys) => _suspects.UnionWith(keys);

    /// <summary>The service stumbled over this one alone: it goes alone until the service takes it.</summary>
    public void Convict(ObjectKey who) => _culprits.Add(who);

    /// <summary>The service took it.</summary>
    public void Clear(ObjectKey who)
    {
        _suspects.Remove(who);
        _culprits.Remove(who);
    }

    /// <summary>The service is out, so that it was none of those that went together.</summary>
    public void Acquit() => _suspects.Clear();

    // Each sibling is asked for once, as long as there is room; those that only come for their answer last.
    private bool IsComplete(NameWish wish, Gathering gathering)
    {
        var together = 1 + JointPlan.Along(wish, _wishes.Values).Length;
        while (together + gathering.Expected.Count < wish.Most && gathering.Candidates.TryDequeue(out var candidate))
            if (!_wishes.ContainsKey(candidate) && !_underWay.Contains(candidate) && !_callers.Contains(candidate)
                && hurry(candidate))
                gathering.Expected.Add(candidate);
        return JointPlan.IsComplete(together, wish.Most, gathering.Expected, gathering.Until, time.GetUtcNow());
    }

    /// <param name="Candidates">Siblings that were not asked for yet.</param>
    /// <param name="Expected">Whose passes stand in line, and first, or are under way.</param>
    private sealed record Gathering(Queue<ObjectKey> Candidates, HashSet<ObjectKey> Expected, DateTimeOffset Until)
    {
        /// <summary>Who is to have a pass and send, for nobody is waited for any more; null while somebody is.</summary>
        public ObjectKey? Called { get; set; }
    }
}
