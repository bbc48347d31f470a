using Operator.Dns.Publishing;
using Operator.Dns.Routers;
using Operator.Dns.Verifying;
using Operator.Reconciling;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>What a pass found, as status, and when the next pass is due. Pure.</summary>
public static class RecordReport
{
    /// <summary>A monitor wakes the record when a target turns; this is for what it finds beside that,
    /// such as another message.</summary>
    private static readonly TimeSpan WhileMonitored = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WhenNothingIsDue = TimeSpan.FromMinutes(5);

    public static Reconciled<DdnsRecordStatus> Make(
        DdnsRecordSpec spec, DdnsRecordStatus before, RecordFindings findings, RecordMemory memory, DateTimeOffset now)
    {
        var written = PublishStatus.Write(before, findings.State);
        var status = written with
        {
            Conditions = RecordConditions.From(findings),
            PublishedTtl = findings.State.Published.IsEmpty ? null : spec.Ttl,
            Router = memory.Source is RouterAddressSource router ? router.Findings : null,
            Zone = memory.Round?.Zone?.Text ?? before.Zone,
            Observed = memory.Round is { } round ? Observed(round, findings.State.Published, before) : before.Observed,
            Reachability = spec.Verification.Reachability is null ? [] : findings.OutsideRound?.Findings() ?? before.Reachability,
            NextAttempt = findings.Verdict is PublishVerdict.Wait wait ? PublishStatus.Second(wait.Until) : written.NextAttempt,
        };

        DateTimeOffset?[] due =
        [
            findings.Reading is not null && memory.Source is not null ? memory.NextReading : null,
            findings.Choice?.Again,
            findings.Choice is not null ? now + WhileMonitored : null,
            (findings.Verdict as PublishVerdict.Wait)?.Again,
            findings.IsVerified && !findings.State.Published.IsEmpty ? memory.NextRound : null,
            spec.Verification.Reachability is not null && !findings.State.Published.IsEmpty ? memory.Outside.Due(now) : null,
            now + WhenNothingIsDue,
        ];
        return new Reconciled<DdnsRecordStatus>(status, due.Min()!.Value - now);
    }

    private static IReadOnlyList<ObservedAnswer> Observed(
        VerificationRound round, AddressSet published, DdnsRecordStatus before) =>
        [.. round.Findings.Select(finding => new ObservedAnswer
        {
            Server = finding.Server,
            Authoritative = finding.IsAuthoritative,
            Addresses = finding.Addresses?.Texts ?? [],
            Agrees = finding.Addresses?.Equals(published) == true,
            Message = finding.Problem,
        }).Select(
            answer => answer with { Since = before.Observed.FirstOrDefault(old => old with { Since = null } == answer)?.Since })];
}
