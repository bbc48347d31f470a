using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Reachability;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that has others look at what is published, since a look from inside
/// is falsified by the router in between.</summary>
public sealed class OutsideCheck(
    OutsideEyes eyes, RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<OutsideCheck> logger)
{
    /// <summary>After a change resolvers and routers need a moment.</summary>
    private static readonly TimeSpan AfterChange = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan InDoubt = TimeSpan.FromSeconds(30);

    public RecordFindings Look(RecordPass pass, RecordFindings findings)
    {
        var watch = pass.Memory.Outside;
        var published = findings.State.Published;
        if (pass.Spec.Verification.Reachability is not { } check || published.IsEmpty) return findings;

        var now = time.GetUtcNow();
        watch.State ??= Restore(pass, watch, published);
        if (!watch.Of.Equals(published))
            (watch.Of, watch.State, watch.Next) = (published, ReachabilityState.Unknown, now + AfterChange);
        if (watch.Take() is { } round && round.Of.Equals(published)) Judge(pass, watch, round, check, findings, now);
        if (!watch.IsLooking && (watch.Next <= now || pass.IsRequested))
        {
            watch.Start(stopping => eyes.LookAsync(pass.Namespace, pass.Name.Text, published, check, stopping));

            // Where the answer is there at once it need not wait for the next pass.
            if (watch.Take() is { } quick) Judge(pass, watch, quick, check, findings, now);
        }

        return findings with
        {
            Outside = watch.State!.Believed, OutsideRound = watch.Last?.Of.Equals(published) == true ? watch.Last : null,
        };
    }

    private void Judge(
        RecordPass pass, OutsideWatch watch, OutsideRound round,
        ReachabilityCheck check, RecordFindings findings, DateTimeOffset now)
    {
        foreach (var look in round.Looks) metrics.LookedFromOutside(look.IsReached);
        var verdict = OutsideVerdict.Of(round, pass.Name.Text, now - (findings.State.LastPublished ?? now), pass.Spec.Ttl);
        var before = watch.State!;
        watch.State = before.See(verdict);
        watch.Next = now + (watch.State.IsInDoubt ? InDoubt : check.Interval.Value);
        if (watch.State.Believed.Status == before.Believed.Status) return;

        var believed = watch.State.Believed;
        DnsLog.Reachability(logger, pass.Key.ToString(), pass.Name.Text, believed.Reason, believed.Message);
        if (believed.Status == ConditionStatus.False)
            news.Tell(pass, EventType.Warning, believed.Reason, "LookFromOutside", believed.Message);
        else if (before.Believed.Status == ConditionStatus.False && believed.Status == ConditionStatus.True)
            news.Tell(pass, EventType.Normal, "Reachable", "LookFromOutside", believed.Message);
    }

    // A restart is no reason to doubt what was found out before.
    private static ReachabilityState Restore(RecordPass pass, OutsideWatch watch, AddressSet published)
    {
        var status = pass.Pass.Resource.Value.Status;
        var known = status?.Conditions.FirstOrDefault(condition =>
            condition.Type == DdnsRecordConditions.Reachable && condition.Status != ConditionStatus.Unknown);
        if (known is null || !AddressSet.Parse(status!.Published).Equals(published)) return ReachabilityState.Unknown;

        watch.Of = published;
        return new ReachabilityState(new OutsideVerdict(known.Status, known.Reason, known.Message), 0);
    }
}
