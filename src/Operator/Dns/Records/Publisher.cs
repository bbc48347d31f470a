using System.Collections.Immutable;
using System.Net;
using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Accounts;
using Operator.Dns.Ownership;
using Operator.Dns.Providers;
using Operator.Dns.Publishing;
using Operator.Dns.Verifying;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that sends a change to the service, if the name is ours to change.</summary>
public sealed class Publisher(RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<Publisher> logger)
{
    /// <summary>Whose the name is is not looked up again before.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(5);

    /// <summary>Decides whether something is to be sent, waits for the account if need be, and sends it.</summary>
    public async Task<RecordFindings> PublishAsync(
        RecordPass pass, OpenedProvider opened, PublishRules rules, RecordFindings findings, CancellationToken stopping)
    {
        var memory = pass.Memory;
        if (memory.Account != opened.Account) memory.Account?.Leave(pass.Key);
        memory.Account = opened.Account;

        var now = time.GetUtcNow();
        PublishVerdict Decide(PublishState state) => state.Decide(now, rules, pass.IsPaused, pass.IsRequested);
        if (findings.IsContended || (memory.RefusedUntil > now && !pass.IsRequested))
        {
            opened.Account.Leave(pass.Key);
            return findings with { Verdict = Decide(findings.State) };
        }

        var turn = await AccountTurn.AskAsync(opened.Account, pass.Key, findings.State, Decide, pass.IsRequested, stopping);
        findings = findings with { Verdict = turn.Verdict };
        if (turn.Go is { } go) findings = await SendAsync(pass, opened, go, rules, findings, stopping);

        var reason = (findings.Verdict as PublishVerdict.Wait)?.Reason;
        if (reason is not null && reason != memory.WaitReason) metrics.Waits(reason);
        memory.WaitReason = reason;
        return findings;
    }

    private async Task<RecordFindings> SendAsync(
        RecordPass pass, OpenedProvider opened, Admission.Go go, PublishRules rules, RecordFindings findings, CancellationToken stopping)
    {
        var memory = pass.Memory;
        var state = findings.State;
        var ownership = new NameOwnership(opened.Admitted, pass.Name, pass.Mark, pass.Spec.Policy.Ownership);
        ProviderOutcome? outcome = null;
        OwnershipVerdict.Refused? refusal;
        try
        {
            (outcome, refusal) = await ownership.ApplyAsync(
                ChangeFor(pass, state, opened.Provider.Capabilities), pass.Spec.Policy.Adopt, memory.OursUntil > time.GetUtcNow(), stopping);
        }
        finally
        {
            opened.Account.Finish(go, pass.Key, outcome?.FailureOrNull, rules.BackOffInitial, rules.BackOffMaximum);
        }

        var now = time.GetUtcNow();
        if (refusal is not null)
        {
            memory.Refusal = (refusal.Reason, refusal.Message);
            memory.RefusedUntil = now + RefusalHolds;
            memory.OursUntil = default;
            news.TellOnce(pass, EventType.Warning, refusal.Reason, "PublishRecord", refusal.Message);
            return findings;
        }

        memory.Refusal = null;
        state = state.Answered(outcome!, state.Believed, opened.Subject, now, rules, Random.Shared.NextDouble());
        if (outcome!.FailureOrNull is { } failure)
        {
            if (failure.Outage == ServiceOutage.None) memory.OursUntil = default;
            DnsLog.NotPublished(logger, pass.Key.ToString(), pass.Name.Text, failure.Class.ToString(), failure.Words);
            news.TellOnce(pass, EventType.Warning, $"Provider{failure.Class}", "PublishRecord", $"{failure.Words} - {failure.Advice}");
        }
        else
        {
            memory.OursUntil = now + RecordMemory.OwnershipTrust;
            metrics.Published(opened.Kind);
            DnsLog.Published(logger, pass.Key.ToString(), pass.Name.Text, state.Published.ToString(), opened.Kind);
            news.Tell(pass, EventType.Normal, "Published", "PublishRecord", $"{pass.Name} leads to {state.Published} now.");
            memory.LastTold = null;
            memory.NextRound = now + Verification.PropagationInterval;
            memory.Verdict = null;
        }

        return findings with { State = state, Verification = memory.Verdict, Verdict = AccountTurn.After(opened.Account, pass.Key, state.Decide(now, rules, pass.IsPaused)) };
    }

    private static AddressChange ChangeFor(RecordPass pass, PublishState state, ProviderCapabilities capabilities)
    {
        var ttl = pass.Spec.Ttl.Value;
        var timeToLive = capabilities.FixedTimeToLive ?? (ttl < capabilities.MinTimeToLive ? capabilities.MinTimeToLive : ttl);
        var v4 = pass.WantsV4 ? state.Believed.V4 : (ImmutableArray<IPAddress>?)null;
        var v6 = pass.WantsV6 ? state.Believed.V6 : (ImmutableArray<IPAddress>?)null;

        // A family of which nothing is known is not emptied where that cannot be said anyway.
        return new AddressChange(pass.Name, v4 is [] && !capabilities.CanDelete ? null : v4, v6 is [] && !capabilities.CanDelete ? null : v6, timeToLive);
    }
}
