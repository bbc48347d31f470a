using Operator.Dns.Providers;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Publishing;

/// <summary>What a record remembers between passes, and over restarts: all of it stands in the status.</summary>
/// <remarks>Sans I/O: told what was seen, what was answered and the time; says what to do next. No clock, no service.</remarks>
public sealed record PublishState
{
    public AddressSet Believed { get; init; } = AddressSet.Empty;

    public PendingSighting? Pending { get; init; }

    /// <summary>What the service took last.</summary>
    public AddressSet Published { get; init; } = AddressSet.Empty;

    public FlapPenalty Penalty { get; init; } = FlapPenalty.None;

    public DateTimeOffset? LastPublished { get; init; }

    public DateTimeOffset? LastChange { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public PublishFailures? Failures { get; init; }

    public ProviderLockout? Lockout { get; init; }

    /// <summary>The source has said what it sees.</summary>
    public PublishState See(AddressSet seen, DateTimeOffset now, PublishRules rules)
    {
        var settled = Settling.See(
            new SettledAddresses(Believed, Pending), seen, now, rules.IsAuthoritative ? 1 : rules.Confirmations, rules.HoldFor);
        var weight = !settled.Believed.Equals(Believed) && !Believed.IsEmpty ? FlapPenalty.OneChange
            : Pending is { } gone && !seen.Equals(gone.Addresses) ? FlapPenalty.Glimpse
            : 0;
        return this with
        {
            Believed = settled.Believed,
            Pending = settled.Pending,
            Penalty = weight > 0 && rules.IsDamped && !rules.IsAuthoritative
                ? Penalty.Change(weight, now, rules.HalfLife, rules.SuppressAbove, rules.ReuseBelow)
                : Penalty,
        };
    }

    /// <param name="isRequested">A person asks for it now: also what seems right is sent, and waits are cut short;
    /// a lock-out is not.</param>
    public PublishVerdict Decide(DateTimeOffset now, PublishRules rules, bool isPaused = false, bool isRequested = false) =>
        PublishChecks.Decide(new PublishFacts
        {
            Now = now,
            Wanted = Believed,
            Published = Published,
            IsRefreshDue = isRequested || LastPublished + rules.RefreshAfter <= now,
            IsAuthoritative = rules.IsAuthoritative || isRequested,
            Penalty = Penalty,
            LastPublished = LastPublished,
            MinimumInterval = rules.MinimumInterval,
            ServiceInterval = rules.ServiceInterval,
            NotBefore = isRequested ? null : NotBefore,
            Lockout = Lockout,
            IsPaused = isPaused,
            IsDryRun = rules.IsDryRun,
        });

    /// <summary>The service has answered to <paramref name="sent"/>.</summary>
    /// <param name="subject">Digest of specification and credentials: a refusal for good is about these.</param>
    /// <param name="jitter">0 to 1.</param>
    public PublishState Answered(
        ProviderOutcome outcome, AddressSet sent, string subject, DateTimeOffset now, PublishRules rules, double jitter)
    {
        if (outcome.FailureOrNull is not { } failure)
        {
            return this with
            {
                Published = sent,
                LastPublished = now,
                LastChange = sent.Equals(Published) ? LastChange : now,
                NotBefore = null,
                Failures = null,
                Lockout = null,
            };
        }

        var count = (Failures?.Count ?? 0) + 1;
        return this with
        {
            Failures = new PublishFailures
            {
                Count = count, Last = now, Class = failure.Class.ToString(), Message = Message(failure),
            },
            NotBefore = failure.IsTemporary
                ? now + BackOff.After(failure, count, rules.BackOffInitial, rules.BackOffMaximum, jitter)
                : null,
            Lockout = failure.IsTemporary ? null : LockoutOf(failure, subject, now),
        };
    }

    /// <summary>What a refusal for good leaves behind.</summary>
    public static ProviderLockout LockoutOf(ProviderFailure failure, string subject, DateTimeOffset now) =>
        new() { Class = failure.Class.ToString(), Since = now, Message = Message(failure), For = subject };

    /// <summary>Ends a lock-out that is about something else by now. Abuse is only ended by a person.</summary>
    public PublishState Unlock(string subject, bool isUnlockedByPerson) =>
        Lockout is { } lockout && (isUnlockedByPerson || lockout.Class != nameof(FailureClass.Abuse) && lockout.For != subject)
            ? this with { Lockout = null, Failures = null, NotBefore = null }
            : this;

    private static string Message(ProviderFailure failure) => $"{failure.Words} - {failure.Advice}";
}
