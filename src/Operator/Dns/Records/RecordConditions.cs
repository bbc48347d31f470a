using Operator.Dns.Publishing;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>What a pass found, in conditions. Pure. Texts hold no times and no counters,
/// so they change only when something does.</summary>
public static class RecordConditions
{
    public static IReadOnlyList<Condition> From(RecordFindings findings)
    {
        var published = Published(findings);
        var verified = Verified(findings);
        var source = findings.Choice is null ? SourceStable(findings) : TargetsHealthy(findings);
        var isReady = published.Status == ConditionStatus.True && verified.Status != ConditionStatus.False;
        var culprit = published.Status != ConditionStatus.True ? published : verified;
        var stalls = findings.Verdict is PublishVerdict.Stopped { Reason: not ("DryRun" or "Paused" or "NoAddress") }
            || findings.Refusal is not null || findings.Obstacle is not null || findings.IsContended;
        var waits = !isReady && !stalls && !findings.IsPaused;
        return
        [
            isReady
                ? Make(ConditionTypes.Ready, ConditionStatus.True, "Published", $"The name leads to {findings.State.Published}.")
                : Make(
                    ConditionTypes.Ready, culprit.Status == ConditionStatus.True ? ConditionStatus.False : culprit.Status,
                    culprit.Reason, culprit.Message),
            published,
            verified,
            source,
            .. Reachable(findings),
            Make(
                ConditionTypes.Reconciling,
                waits ? ConditionStatus.True : ConditionStatus.False,
                waits ? culprit.Reason : "Done",
                waits ? culprit.Message : "Nothing is under way."),
            Make(
                ConditionTypes.Stalled,
                stalls ? ConditionStatus.True : ConditionStatus.False,
                stalls ? culprit.Reason : "NotStalled",
                stalls ? culprit.Message : "Nobody has to act."),
        ];
    }

    private static Condition Published(RecordFindings findings)
    {
        const string type = DdnsRecordConditions.Published;
        if (findings.Obstacle is { } obstacle) return Make(type, ConditionStatus.False, obstacle.Reason, obstacle.Message);
        if (findings.Refusal is { } refusal) return Make(type, ConditionStatus.False, refusal.Reason, refusal.Message);
        if (findings.IsContended)
            return Make(
                type, ConditionStatus.False, "ContendedRecord",
                "Somebody else keeps changing the record back. Find the other writer; then annotate with reconcile-at.");
        if (findings.State.Failures is { } failures && findings.State.Lockout is null)
            return Make(
                type, ConditionStatus.False,
                failures.Class is { Length: > 0 } reason ? $"Provider{reason}" : "ProviderFailed", failures.Message ?? "");

        return findings.Verdict switch
        {
            PublishVerdict.UpToDate =>
                Make(type, ConditionStatus.True, "UpToDate", $"The service has {findings.State.Published}."),
            PublishVerdict.Wait { Reason: not "ServiceDown" } wait when !findings.State.Published.IsEmpty =>
                Make(type, ConditionStatus.True, wait.Reason, wait.Message),
            PublishVerdict.Wait wait => Make(type, ConditionStatus.False, wait.Reason, wait.Message),
            PublishVerdict.Stopped { Reason: "NoAddress" } stopped when !findings.State.Published.IsEmpty =>
                Make(type, ConditionStatus.True, stopped.Reason, stopped.Message),
            PublishVerdict.Stopped { Reason: "NoAddress" } stopped when WhyNone(findings) is { } why =>
                Make(type, ConditionStatus.False, stopped.Reason, $"No address is known yet: {why}"),
            PublishVerdict.Stopped { Reason: "Paused" or "DryRun" } stopped =>
                Make(
                    type, findings.State.Published.IsEmpty ? ConditionStatus.Unknown : ConditionStatus.True,
                    stopped.Reason, stopped.Message),
            PublishVerdict.Stopped stopped => Make(type, ConditionStatus.False, stopped.Reason, stopped.Message),
            _ => Make(type, ConditionStatus.Unknown, "Pending", "Not decided yet."),
        };
    }

    private static string? WhyNone(RecordFindings findings) => findings.Reading switch
    {
        SourceReading.Failed failed => failed.Message,
        SourceReading.Unsure unsure => unsure.Message,
        _ => null,
    };

    private static Condition Verified(RecordFindings findings)
    {
        const string type = DdnsRecordConditions.Verified;
        if (!findings.IsVerified)
            return Make(type, ConditionStatus.Unknown, "NotVerified", "Lookups cannot or shall not confirm this record.");
        if (findings.State.Published.IsEmpty)
            return Make(type, ConditionStatus.Unknown, "NothingPublished", "Nothing is published yet.");
        return findings.Verification switch
        {
            VerificationVerdict.Agreed { Silent: [] } => Make(
                type, ConditionStatus.True, "AllServersAgree",
                "Every authoritative server answers with the published addresses."),
            VerificationVerdict.Agreed agreed => Make(
                type, ConditionStatus.True, "ServersSilent",
                $"All that answer agree; no answer from {string.Join(", ", agreed.Silent)}."),
            VerificationVerdict.Propagating propagating =>
                Make(type, ConditionStatus.Unknown, "Propagating", $"Not there yet: {string.Join(", ", propagating.Behind)}."),
            VerificationVerdict.Stale stale => Make(
                type, ConditionStatus.False, "StaleServer",
                $"Still the old answer at {string.Join(", ", stale.Servers)}. Do its zone transfers work?"),
            VerificationVerdict.Drifted drifted => Make(
                type, ConditionStatus.False, "Drifted",
                $"The servers answer with {drifted.Found}, which was not published from here: "
                + $"{string.Join(", ", drifted.Servers)}."),
            VerificationVerdict.Unknown unknown => Make(type, ConditionStatus.Unknown, "CannotVerify", unknown.Why),
            _ => Make(type, ConditionStatus.Unknown, "NotAskedYet", "The servers have not been asked yet."),
        };
    }

    private static Condition SourceStable(RecordFindings findings)
    {
        const string type = DdnsRecordConditions.SourceStable;
        return findings.Reading switch
        {
            SourceReading.Found when findings.State.Pending is { } pending =>
                Make(
                    type, ConditionStatus.False, "Confirming",
                    $"{pending.Addresses} was seen, and is published once it is seen again."),
            SourceReading.Found { Missing: { } missing } => Make(type, ConditionStatus.True, "PartlyKnown", missing),
            SourceReading.Found found => Make(type, ConditionStatus.True, "Stable", $"The source says {found.Addresses}."),
            SourceReading.Unsure unsure => Make(type, ConditionStatus.Unknown, unsure.Reason, unsure.Message),
            SourceReading.Failed failed => Make(type, ConditionStatus.False, "SourceFailed", failed.Message),
            _ => Make(type, ConditionStatus.Unknown, "NotReadYet", "The source has not been asked yet."),
        };
    }

    // Whether others reach it says nothing about whether the name is right, so it is no part of Ready.
    private static IEnumerable<Condition> Reachable(RecordFindings findings) =>
        findings.Outside is { } seen ? [Make(DdnsRecordConditions.Reachable, seen.Status, seen.Reason, seen.Message)] : [];

    private static Condition TargetsHealthy(RecordFindings findings) => findings.Undecided is { } why
        ? Make(
            DdnsRecordConditions.TargetsHealthy, ConditionStatus.Unknown, "TooFewVotes",
            $"Nothing changes as long as too few can look. {why}")
        : findings.Choice is { AnyHealthy: true } healthy
        ? Make(
            DdnsRecordConditions.TargetsHealthy, ConditionStatus.True, "Healthy",
            $"{string.Join(", ", healthy.Active)}: {healthy.Reason}.")
        : Make(
            DdnsRecordConditions.TargetsHealthy, ConditionStatus.False, "NoneHealthy",
            $"{string.Join(", ", findings.Choice!.Active)}: {findings.Choice.Reason}.");

    private static Condition Make(string type, ConditionStatus status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };
}
