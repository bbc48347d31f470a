using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Publishing;

/// <summary>The state as it stands in a record's status, so that a restart forgets nothing.</summary>
public static class PublishStatus
{
    public static PublishState Read(DdnsRecordStatus? status) => status is null ? new PublishState() : new PublishState
    {
        Believed = AddressSet.Parse(status.Desired),
        Pending = status.Pending is { } pending
            ? new PendingSighting(AddressSet.Parse(pending.Addresses), pending.Seen, pending.Since ?? DateTimeOffset.UnixEpoch)
            : null,
        Published = AddressSet.Parse(status.Published),
        Penalty = new FlapPenalty(status.Penalty, status.PenaltyTime ?? DateTimeOffset.UnixEpoch, status.DampedUntil),
        LastPublished = status.LastPublished,
        LastChange = status.LastChange,
        NotBefore = status.Failures is null ? null : status.NextAttempt,
        Failures = status.Failures,
        Lockout = status.Lockout,
    };

    public static DdnsRecordStatus Write(DdnsRecordStatus status, PublishState state) => status with
    {
        Desired = state.Believed.Texts,
        Pending = state.Pending is { } pending
            ? new PendingAddresses { Addresses = pending.Addresses.Texts, Seen = pending.Seen, Since = Second(pending.Since) }
            : null,
        Published = state.Published.Texts,
        PublishedText = state.Published.IsEmpty ? null : state.Published.ToString(),
        Penalty = state.Penalty.Thousandths,
        PenaltyTime = state.Penalty.Thousandths == 0 ? null : Second(state.Penalty.Time),
        DampedUntil = Second(state.Penalty.Until),
        LastPublished = Second(state.LastPublished),
        LastChange = Second(state.LastChange),
        NextAttempt = Second(state.NotBefore),
        Failures = state.Failures is { } failures ? failures with { Last = Second(failures.Last) } : null,
        Lockout = state.Lockout is { } lockout ? lockout with { Since = Second(lockout.Since) } : null,
    };

    /// <summary>Rounded up: times in Kubernetes are whole seconds, and fractions would differ for ever.</summary>
    public static DateTimeOffset? Second(DateTimeOffset? time) =>
        time is { } value
            ? DateTimeOffset.FromUnixTimeSeconds(
                (value.UtcTicks + TimeSpan.TicksPerSecond - 1 - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerSecond)
            : null;
}
