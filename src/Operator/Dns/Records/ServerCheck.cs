using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Publishing;
using Operator.Dns.Verifying;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that asks the zone's servers whether they say what was published, when it is due.</summary>
public sealed class ServerCheck(
    Verifier verifier, RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<ServerCheck> logger)
{
    public async Task<RecordFindings> AskAsync(
        RecordPass pass, PublishRules rules, RecordFindings findings, CancellationToken stopping)
    {
        var (spec, memory) = (pass.Spec, pass.Memory);
        var verification = spec.Verification;
        if (verification.Mode == VerificationMode.Off || spec.Provider.Cloudflare?.Proxied == true)
            return findings with { IsVerified = false };

        var state = findings.State;
        var now = time.GetUtcNow();
        if (state.Published.IsEmpty) return findings;
        if (pass.IsRequested) memory.Repairs = RepairBudget.Full;
        if (memory.NextRound <= now || pass.IsRequested)
        {
            memory.Round = await verifier.AskAsync(
                pass.Name, verification.Servers, verification.PublicResolvers, pass.WantsV4, pass.WantsV6, stopping);
            memory.Verdict = Verification.Judge(
                memory.Round.Findings, state.Published, now - (state.LastPublished ?? now), memory.Round.Refresh);
            memory.NextRound = now + (memory.Verdict is VerificationVerdict.Propagating
                ? Verification.PropagationInterval
                : verification.Interval.Value);
            if (memory.Verdict is VerificationVerdict.Agreed && memory.OursUntil > now)
                memory.OursUntil = now + RecordMemory.OwnershipTrust;
            if (memory.Verdict is VerificationVerdict.Drifted) memory.OursUntil = default;
            if (memory.Verdict is VerificationVerdict.Drifted or VerificationVerdict.Stale) ReportDrift(pass);
            else memory.LastTold = null;

            if (memory.Verdict is VerificationVerdict.Drifted drifted
                && verification.Mode == VerificationMode.Repair && !rules.IsDryRun && !pass.IsPaused
                && !memory.Repairs.IsContended(now))
            {
                // Believing what is there makes the next decision see a difference.
                memory.Repairs = memory.Repairs.Spend(now);
                state = state with { Published = drifted.Found };
            }
        }

        var isContended = memory.Verdict is VerificationVerdict.Drifted
            && memory.Repairs.IsContended(now) && state.Published.Equals(findings.State.Published);
        return findings with { State = state, Verification = memory.Verdict, IsContended = isContended };
    }

    private void ReportDrift(RecordPass pass)
    {
        var (reason, servers) = pass.Memory.Verdict switch
        {
            VerificationVerdict.Drifted drifted => ("Drifted", drifted.Servers),
            VerificationVerdict.Stale stale => ("StaleServer", stale.Servers),
            _ => ("", []),
        };
        metrics.Drifted(servers.Length);
        DnsLog.Drifted(logger, pass.Key.ToString(), pass.Name.Text, string.Join(", ", servers));
        news.TellOnce(
            pass, EventType.Warning, reason, "Verify", $"{pass.Name} is not as published at {string.Join(", ", servers)}.");
    }
}
