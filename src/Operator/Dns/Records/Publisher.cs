using System.Collections.Immutable;
using System.Net;
using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Providers;
using Operator.Dns.Publishing;
using Operator.Dns.Verifying;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that sends a change to the service, if the name is ours to change.</summary>
public sealed class Publisher(RecordNews news, DnsMetrics metrics, TimeProvider time, ILogger<Publisher> logger)
{
    /// <summary>Whose the name is is not looked up again before.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(5);

    public async Task<RecordFindings> PublishAsync(
        RecordPass pass, OpenedProvider opened, PublishRules rules, RecordFindings findings, CancellationToken stopping)
    {
        var memory = pass.Memory;
        var state = findings.State;
        var ownership = new NameOwnership(opened.Provider, pass.Name, pass.Mark, pass.Spec.Policy.Ownership);
        var (outcome, refusal) = await ownership.ApplyAsync(ChangeFor(pass, state, opened.Provider.Capabilities), pass.Spec.Policy.Adopt, stopping);
        var now = time.GetUtcNow();
        if (refusal is not null)
        {
            memory.Refusal = (refusal.Reason, refusal.Message);
            memory.RefusedUntil = now + RefusalHolds;
            news.TellOnce(pass, EventType.Warning, refusal.Reason, "PublishRecord", refusal.Message);
            return findings;
        }

        memory.Refusal = null;
        state = state.Answered(outcome!, state.Believed, opened.Subject, now, rules, Random.Shared.NextDouble());
        if (outcome!.FailureOrNull is { } failure)
        {
            DnsLog.NotPublished(logger, pass.Key.ToString(), pass.Name.Text, failure.Class.ToString(), failure.Words);
            news.TellOnce(pass, EventType.Warning, $"Provider{failure.Class}", "PublishRecord", $"{failure.Words} - {failure.Advice}");
        }
        else
        {
            metrics.Published(opened.Kind);
            DnsLog.Published(logger, pass.Key.ToString(), pass.Name.Text, state.Published.ToString(), opened.Kind);
            news.Tell(pass, EventType.Normal, "Published", "PublishRecord", $"{pass.Name} leads to {state.Published} now.");
            memory.LastTold = null;
            memory.NextRound = now + Verification.PropagationInterval;
            memory.Verdict = null;
        }

        return findings with { State = state, Verification = memory.Verdict, Verdict = state.Decide(now, rules, pass.IsPaused) };
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
