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
public sealed class Publisher(
    IRecordWorld world, RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<Publisher> logger)
{
    /// <summary>Whose the name is is not looked up again before.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(5);

    /// <summary>Decides whether something is to be sent, waits for the account if need be, and sends it.</summary>
    public async Task<RecordFindings> PublishAsync(
        RecordPass pass, OpenedProvider opened, PublishRules rules, RecordFindings findings, CancellationToken stopping)
    {
        var memory = pass.Memory;

        // Another has sent it.
        if (opened.Account.Collect(pass.Key) is { Outcome: { } collected, Wish: var wish }
            && wish.Change.Name == pass.Name && wish.Subject == opened.Subject)
            findings = findings with
            {
                State = Learn(pass, opened, findings.State, collected, wish.Sent, rules), Verification = memory.Verdict,
            };
        if (opened.Provider.Capabilities.RefusesAccounts) opened.Account.Refuse(pass.Key, findings.State.Lockout);

        var now = time.GetUtcNow();
        PublishVerdict Decide(PublishState state) => state.Decide(now, rules, pass.IsPaused, pass.IsRequested);
        if (findings.IsContended || (memory.RefusedUntil > now && !pass.IsRequested))
        {
            opened.Account.Leave(pass.Key);
            return findings with { Verdict = Decide(findings.State) };
        }

        var turn = await AccountTurn.AskAsync(
            opened.Account, pass.Key, findings.State, Decide, WishOf(pass, opened, findings.State), pass.IsRequested, stopping);
        findings = findings with { Verdict = turn.Verdict, Gathers = turn.Gathers };
        if (turn.Go is { } go) findings = await SendAsync(pass, opened, go, rules, findings, stopping);

        var reason = (findings.Verdict as PublishVerdict.Wait)?.Reason;
        if (reason is not null && reason != memory.WaitReason) metrics.Waits(reason);
        memory.WaitReason = reason;
        return findings;
    }

    private async Task<RecordFindings> SendAsync(
        RecordPass pass, OpenedProvider opened, Admission.Go go, PublishRules rules,
        RecordFindings findings, CancellationToken stopping)
    {
        var memory = pass.Memory;
        var state = findings.State;
        var change = ChangeFor(pass, state, opened.Provider.Capabilities);
        var ownership = OwnershipOf(pass, opened);
        ProviderOutcome? outcome = null;
        OwnershipVerdict.Refused? refusal = null;
        try
        {
            if (go.Along.Length > 0)
                outcome = await SendTogetherAsync(opened, ownership.Unseen(change, isKnownOurs: true)!, go.Along, stopping);
            if (outcome is null)
                (outcome, refusal) = await ownership.ApplyAsync(
                    change, pass.Spec.Policy.Adopt, memory.OursUntil > time.GetUtcNow(), stopping);
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
        state = Learn(pass, opened, state, outcome!, state.Believed, rules);
        if (opened.Provider.Capabilities.RefusesAccounts) opened.Account.Refuse(pass.Key, state.Lockout);
        return findings with
        {
            State = state,
            Verification = memory.Verdict,
            Verdict = AccountTurn.After(opened.Account, pass.Key, state.Decide(now, rules, pass.IsPaused)),
        };
    }

    /// <summary>One request for several names, this record's first.</summary>
    /// <returns>Null when the answer says nothing about this record's name that can be relied on.</returns>
    private async Task<ProviderOutcome?> SendTogetherAsync(
        OpenedProvider opened, AddressChange change, ImmutableArray<NameWish> along, CancellationToken stopping)
    {
        JointAnswer[] answers = [.. along.Select(wish => new JointAnswer(wish, null))];
        try
        {
            var outcomes = await opened.Admitted.ApplyTogetherAsync([change, .. along.Select(wish => wish.Change)], stopping);
            answers = [.. along.Select((wish, i) => new JointAnswer(wish, outcomes[i + 1]))];

            // Nobody of the account calls meanwhile; its own pass writes it down.
            if (opened.Provider.Capabilities.RefusesAccounts)
                foreach (var answer in answers)
                    if (answer.Outcome?.FailureOrNull is { IsTemporary: false } refusal)
                        opened.Account.Refuse(answer.Wish.Who, PublishState.LockoutOf(refusal, opened.Subject, time.GetUtcNow()));
            return outcomes[0];
        }
        finally
        {
            opened.Account.Deliver(answers, isTransaction: opened.Provider.Capabilities.AtomicMarks);
        }
    }

    /// <summary>What an answer makes of the record, whoever has asked for it.</summary>
    private PublishState Learn(
        RecordPass pass, OpenedProvider opened, PublishState state, ProviderOutcome outcome, AddressSet sent, PublishRules rules)
    {
        var memory = pass.Memory;
        var now = time.GetUtcNow();
        state = state.Answered(outcome, sent, opened.Subject, now, rules, Random.Shared.NextDouble());
        if (outcome.FailureOrNull is { } failure)
        {
            if (failure.Outage == ServiceOutage.None) memory.OursUntil = default;
            DnsLog.NotPublished(logger, pass.Key.ToString(), pass.Name.Text, failure.Class.ToString(), failure.Words);
            news.TellOnce(
                pass, EventType.Warning, $"Provider{failure.Class}", "PublishRecord", $"{failure.Words} - {failure.Advice}");
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

        return state;
    }

    private static NameOwnership OwnershipOf(RecordPass pass, OpenedProvider opened) =>
        new(opened.Admitted, pass.Name, pass.Mark, pass.Spec.Policy.Ownership);

    // A fail-over hurries, and so does a person. A mark that is to be read first is the name's own matter.
    private NameWish? WishOf(RecordPass pass, OpenedProvider opened, PublishState state) =>
        opened.Provider.Capabilities is { NamesARequest: > 1 } capabilities
        && pass.Spec.Failover is null && !pass.IsRequested && !state.Believed.IsEmpty
        && OwnershipOf(pass, opened).Unseen(ChangeFor(pass, state, capabilities), pass.Memory.OursUntil > time.GetUtcNow())
            is { } change
            ? new NameWish(
                pass.Key, opened.Subject, change, state.Believed, () => world.SiblingsOf(pass.Namespace, pass.Spec.Provider),
                capabilities.NamesARequest)
            : null;

    private static AddressChange ChangeFor(RecordPass pass, PublishState state, ProviderCapabilities capabilities)
    {
        var ttl = pass.Spec.Ttl.Value;
        var timeToLive = capabilities.FixedTimeToLive ?? (ttl < capabilities.MinTimeToLive ? capabilities.MinTimeToLive : ttl);
        var v4 = pass.WantsV4 ? state.Believed.V4 : (ImmutableArray<IPAddress>?)null;
        var v6 = pass.WantsV6 ? state.Believed.V6 : (ImmutableArray<IPAddress>?)null;

        // A family of which nothing is known is not emptied where that cannot be said anyway.
        return new AddressChange(
            pass.Name,
            v4 is [] && !capabilities.CanDelete ? null : v4,
            v6 is [] && !capabilities.CanDelete ? null : v6,
            timeToLive);
    }
}
