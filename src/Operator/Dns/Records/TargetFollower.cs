using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Dns.Publishing;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that lets the name follow its healthy targets, and says so when it moves.</summary>
public sealed class TargetFollower(
    FailoverDriver failovers, RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<TargetFollower> logger)
{
    /// <summary>A target of a record has turned, so that a pass is due.</summary>
    public event Action<ObjectKey>? Woken
    {
        add => failovers.Woken += value;
        remove => failovers.Woken -= value;
    }

    public async Task<(PublishRules Rules, RecordFindings Findings, DdnsRecordStatus Status)> FollowAsync(
        RecordPass pass, RecordFailover failover, DdnsRecordStatus before, PublishRules rules,
        RecordFindings findings, CancellationToken stopping)
    {
        var run = await failovers.RunAsync(pass, failover, before, stopping);
        var choice = run.Choice;
        rules = rules with { IsAuthoritative = true };
        var now = time.GetUtcNow();
        Log(pass, failover, before, run.Targets);
        if (choice.IsSwitch && !pass.IsPaused)
        {
            metrics.Switched();
            DnsLog.Switched(logger, pass.Key.ToString(), pass.Spec.Fqdn, string.Join(", ", choice.Active), choice.Reason);
            news.Tell(
                pass, EventType.Normal, "Switched", "FailOver",
                $"The name leads to {string.Join(", ", choice.Active)} now: {choice.Reason}.");
            before = before with { LastSwitch = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) };
        }

        var state = run.Addresses.IsEmpty ? findings.State : findings.State.See(run.Addresses, now, rules);
        return (rules, findings with { State = state, Choice = choice, Undecided = run.Undecided }, pass.IsPaused
            ? before
            : before with { Targets = run.Targets });
    }

    private void Log(RecordPass pass, RecordFailover failover, DdnsRecordStatus before, IReadOnlyList<TargetHealth> targets)
    {
        foreach (var target in targets)
        {
            var known = before.Targets.FirstOrDefault(old => old.Name == target.Name)?.Healthy
                ?? Resources.ConditionStatus.Unknown;
            if (known == target.Healthy || target.Healthy == Resources.ConditionStatus.Unknown) continue;
            var looks = target.Healthy == Resources.ConditionStatus.True ? failover.Check.Rise : failover.Check.Fall;
            var at = pass.Memory.Monitor?.Find(target.Name).Since ?? time.GetUtcNow();
            DnsLog.TargetTurned(
                logger, pass.Key.ToString(), target.Name,
                target.Healthy == Resources.ConditionStatus.True ? "healthy" : "unhealthy", at, looks, target.Message ?? "");
        }
    }
}
