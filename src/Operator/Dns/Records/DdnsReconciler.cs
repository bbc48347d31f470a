using System.Collections.Concurrent;
using System.Globalization;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Dns.Providers;
using Operator.Dns.Publishing;
using Operator.Dns.Routers;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>Keeps a name at the right addresses: see what they are, decide, publish, ask the zone's servers, say all of it.</summary>
/// <remarks>A pass does only what is due; what it decides comes from pure functions, and what it must remember stands in the status.</remarks>
public sealed class DdnsReconciler(
    IRecordWorld world, ProviderOpener providers, SourceOpener sources, FailoverDriver failovers, Verifier verifier,
    IEventRecorder events, DnsMetrics metrics, TimeProvider time, ILogger<DdnsReconciler> logger)
    : IReconciler<DdnsRecord, DdnsRecordStatus>
{
    /// <summary>Annotation: an RFC 3339 time; lock-outs from before it are over. How a person says that the matter is settled.</summary>
    public const string UnlockAnnotation = $"{ApiGroup.Name}/unlock";

    private static readonly TimeSpan WhenNothingIsDue = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ObjectKey, RecordMemory> _memories = new();

    public string Finalizer => $"{ApiGroup.Name}/ddns";

    public async Task<Reconciled<DdnsRecordStatus>> ReconcileAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
    {
        var record = pass.Resource.Value;
        var memory = await MemoryAsync(pass.Resource);
        var before = record.Status ?? new DdnsRecordStatus();
        if (!DomainName.TryParse(record.Spec.Fqdn, out var name))
            throw new TerminalException("InvalidName", $"spec.fqdn \"{record.Spec.Fqdn}\" is no domain name.");

        var state = PublishStatus.Read(record.Status);
        OpenedProvider opened;
        try
        {
            opened = await providers.OpenAsync(pass.Resource.Metadata.Namespace, record.Spec.Provider, stopping);
            if (world.ClaimantsOf(record.Spec.Fqdn) is [var first, ..] && first != pass.Resource.Key.ToString())
                return Finish(pass, before, new RecordFindings { State = state, Obstacle = ("DuplicateName", $"{first} is older and publishes this name already. Delete one of the two.") }, memory);
        }
        catch (SecretMissingException exception)
        {
            return Finish(pass, before, new RecordFindings { State = state, Obstacle = ("SecretNotFound", exception.Message), IsPaused = pass.IsPaused }, memory);
        }

        var now = time.GetUtcNow();
        state = state.Unlock(opened.Subject, IsUnlocked(pass.Resource.Metadata, state));
        var rules = PublishRules.From(record.Spec.Policy, opened.Provider.Capabilities, isAuthoritative: false);
        var findings = new RecordFindings { State = state, IsPaused = pass.IsPaused };
        (rules, findings, before) = record.Spec.Failover is { } failover
            ? await FollowTargetsAsync(pass, failover, before, rules, findings, memory, stopping)
            : await ReadSourceAsync(pass, rules, findings, memory, before, stopping);

        findings = await VerifyAsync(pass, name, rules, findings, memory, stopping);
        findings = findings with { Verdict = findings.State.Decide(now, rules, pass.IsPaused, pass.IsRequested) };
        if (findings.Verdict is PublishVerdict.Publish && !findings.IsContended && (memory.RefusedUntil <= now || pass.IsRequested))
            findings = await PublishAsync(pass, name, opened, rules, findings, memory, stopping);

        return Finish(pass, before, findings with { Refusal = memory.Refusal }, memory);
    }

    public async Task<CleanUp> CleanUpAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
    {
        var record = pass.Resource.Value;
        var status = record.Status ?? new DdnsRecordStatus();
        if (status.LastPublished is null || !DomainName.TryParse(record.Spec.Fqdn, out var name)) return CleanUp.Done;

        OpenedProvider opened;
        try
        {
            opened = await providers.OpenAsync(pass.Resource.Metadata.Namespace, record.Spec.Provider, stopping);
        }
        catch (SecretMissingException exception)
        {
            // In a namespace that is being deleted the Secret often goes first; waiting for it would hang the namespace.
            Tell(pass, EventType.Warning, "CleanUpGivenUp", "Delete", $"{name} stays as it is: {exception.Message} Remove the record and its mark by hand.");
            return CleanUp.Done;
        }

        var ownership = new NameOwnership(opened.Provider, name, ValueOf(pass), record.Spec.Policy.Ownership);
        var outcome = await ownership.ReleaseAsync(WhatStays(record.Spec, name), stopping);
        if (outcome?.FailureOrNull is { } failure)
        {
            var message = $"{failure.Words} - {failure.Advice}";
            DnsLog.NotPublished(logger, pass.Resource.Key.ToString(), name.Text, failure.Class.ToString(), failure.Words);
            throw new ReleaseFailedException($"{name} could not be released: {message}");
        }

        DnsLog.Removed(logger, pass.Resource.Key.ToString(), name.Text, outcome is null ? "nothing of ours is there" : record.Spec.Policy.Deletion.Action.ToString());
        return CleanUp.Done;
    }

    public void Forget(ObjectKey key)
    {
        if (_memories.TryRemove(key, out var memory) && memory.Monitor is { } monitor) _ = monitor.StopAsync();
    }

    private async Task<(PublishRules Rules, RecordFindings Findings, DdnsRecordStatus Status)> FollowTargetsAsync(
        Pass<DdnsRecord> pass, RecordFailover failover, DdnsRecordStatus before, PublishRules rules, RecordFindings findings, RecordMemory memory, CancellationToken stopping)
    {
        var (choice, addresses, targets) = await failovers.RunAsync(
            pass.Resource.Metadata.Namespace, pass.Resource.Value.Spec, failover, before, memory, pass.IsRequested, stopping);
        rules = rules with { IsAuthoritative = true };
        var now = time.GetUtcNow();
        if (choice.IsSwitch && !pass.IsPaused)
        {
            metrics.Switched();
            DnsLog.Switched(logger, pass.Resource.Key.ToString(), pass.Resource.Value.Spec.Fqdn, string.Join(", ", choice.Active), choice.Reason);
            Tell(pass, EventType.Normal, "Switched", "FailOver", $"The name leads to {string.Join(", ", choice.Active)} now: {choice.Reason}.");
            before = before with { LastSwitch = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) };
        }

        var state = addresses.IsEmpty ? findings.State : findings.State.See(addresses, now, rules);
        return (rules, findings with { State = state, Choice = choice }, pass.IsPaused ? before : before with { Targets = targets });
    }

    private async Task<(PublishRules Rules, RecordFindings Findings, DdnsRecordStatus Status)> ReadSourceAsync(
        Pass<DdnsRecord> pass, PublishRules rules, RecordFindings findings, RecordMemory memory, DdnsRecordStatus before, CancellationToken stopping)
    {
        var spec = pass.Resource.Value.Spec;
        var source = spec.Source ?? throw new TerminalException("NoSource", "Give spec.source or spec.failover: without one there is nothing to publish.");
        var now = time.GetUtcNow();
        var state = findings.State;

        // Those that ask somebody have something to remember; the others are made of what stands in the cluster at this moment.
        var opened = memory.Source ?? sources.Open(pass.Resource.Metadata.Namespace, spec, source, pass.Resource.Metadata.Annotations, () => AddressSet.Parse(before.Published));
        if (!opened.IsAuthoritative) memory.Source = opened;
        rules = rules with { IsAuthoritative = opened.IsAuthoritative };
        if (opened.IsAuthoritative || pass.IsRequested || memory.NextReading <= now)
        {
            memory.Reading = await opened.ReadAsync(stopping);
            if (memory.Reading is SourceReading.Found found) state = state.See(Ipv6Suffix.Apply(found.Addresses, source.Ipv6Suffix), now, rules);
            if (memory.Reading is SourceReading.Unsure { Reason: "SourcesDisagree" } unsure)
            {
                metrics.SourcesDisagreed();
                TellOnce(pass, memory, EventType.Warning, unsure.Reason, "ReadSource", unsure.Message);
            }

            // A fifth of spread, so that many records do not ask at one time.
            var wait = state.Pending is null ? source.Interval.Value * (0.8 + 0.4 * Random.Shared.NextDouble()) : spec.Policy.Hysteresis.ConfirmAfter;
            memory.NextReading = now + wait;
        }

        return (rules, findings with { State = state, Reading = memory.Reading }, before);
    }

    private async Task<RecordFindings> VerifyAsync(
        Pass<DdnsRecord> pass, DomainName name, PublishRules rules, RecordFindings findings, RecordMemory memory, CancellationToken stopping)
    {
        var spec = pass.Resource.Value.Spec;
        var verification = spec.Verification;
        if (verification.Mode == VerificationMode.Off || spec.Provider.Cloudflare?.Proxied == true) return findings with { IsVerified = false };

        var state = findings.State;
        var now = time.GetUtcNow();
        if (state.Published.IsEmpty) return findings;
        if (pass.IsRequested) memory.Repairs = RepairBudget.Full;
        if (memory.NextRound <= now || pass.IsRequested)
        {
            var v4 = spec.RecordTypes.Contains(RecordType.A);
            var v6 = spec.RecordTypes.Contains(RecordType.AAAA);
            memory.Round = await verifier.AskAsync(name, verification.Servers, verification.PublicResolvers, v4, v6, stopping);
            memory.Verdict = Verification.Judge(memory.Round.Findings, state.Published, now - (state.LastPublished ?? now), memory.Round.Refresh);
            memory.NextRound = now + (memory.Verdict is VerificationVerdict.Propagating ? Verification.PropagationInterval : verification.Interval.Value);
            if (memory.Verdict is VerificationVerdict.Drifted or VerificationVerdict.Stale) ReportDrift(pass, name, memory);
            else memory.LastTold = null;

            if (memory.Verdict is VerificationVerdict.Drifted drifted && verification.Mode == VerificationMode.Repair && !rules.IsDryRun && !pass.IsPaused &&
                !memory.Repairs.IsContended(now))
            {
                // Believing what is there makes the next decision see a difference.
                memory.Repairs = memory.Repairs.Spend(now);
                state = state with { Published = drifted.Found };
            }
        }

        return findings with { State = state, Verification = memory.Verdict, IsContended = memory.Verdict is VerificationVerdict.Drifted && memory.Repairs.IsContended(now) && state.Published.Equals(findings.State.Published) };
    }

    private async Task<RecordFindings> PublishAsync(
        Pass<DdnsRecord> pass, DomainName name, OpenedProvider opened, PublishRules rules, RecordFindings findings, RecordMemory memory, CancellationToken stopping)
    {
        var spec = pass.Resource.Value.Spec;
        var state = findings.State;
        var change = ChangeFor(spec, name, state, opened.Provider.Capabilities);
        var ownership = new NameOwnership(opened.Provider, name, ValueOf(pass), spec.Policy.Ownership);
        var (outcome, refusal) = await ownership.ApplyAsync(change, spec.Policy.Adopt, stopping);
        var now = time.GetUtcNow();
        if (refusal is not null)
        {
            memory.Refusal = (refusal.Reason, refusal.Message);
            memory.RefusedUntil = now + WhenNothingIsDue;
            TellOnce(pass, memory, EventType.Warning, refusal.Reason, "PublishRecord", refusal.Message);
            return findings;
        }

        memory.Refusal = null;
        state = state.Answered(outcome!, state.Believed, opened.Subject, now, rules, Random.Shared.NextDouble());
        if (outcome!.FailureOrNull is { } failure)
        {
            DnsLog.NotPublished(logger, pass.Resource.Key.ToString(), name.Text, failure.Class.ToString(), failure.Words);
            TellOnce(pass, memory, EventType.Warning, $"Provider{failure.Class}", "PublishRecord", $"{failure.Words} - {failure.Advice}");
        }
        else
        {
            metrics.Published(opened.Kind);
            DnsLog.Published(logger, pass.Resource.Key.ToString(), name.Text, state.Published.ToString(), opened.Kind);
            Tell(pass, EventType.Normal, "Published", "PublishRecord", $"{name} leads to {state.Published} now.");
            memory.LastTold = null;
            memory.NextRound = now + Verification.PropagationInterval;
            memory.Verdict = null;
        }

        return findings with { State = state, Verification = memory.Verdict, Verdict = state.Decide(now, rules, pass.IsPaused) };
    }

    private Reconciled<DdnsRecordStatus> Finish(Pass<DdnsRecord> pass, DdnsRecordStatus before, RecordFindings findings, RecordMemory memory)
    {
        var now = time.GetUtcNow();
        var spec = pass.Resource.Value.Spec;
        var status = PublishStatus.Write(before, findings.State) with
        {
            Conditions = RecordConditions.From(findings),
            PublishedTtl = findings.State.Published.IsEmpty ? null : spec.Ttl,
            Router = memory.Source is RouterAddressSource router ? router.Findings : null,
            Zone = memory.Round?.Zone?.Text ?? before.Zone,
            Observed = memory.Round is { } round ? Observed(round, findings.State.Published, before) : before.Observed,
            NextAttempt = findings.Verdict is PublishVerdict.Wait wait ? DateTimeOffset.FromUnixTimeSeconds(wait.Until.ToUnixTimeSeconds()) : PublishStatus.Write(before, findings.State).NextAttempt,
        };

        DateTimeOffset?[] due =
        [
            findings.Reading is not null && memory.Source is not null ? memory.NextReading : null,
            findings.Choice?.Again,
            spec.Failover is { } failover && findings.Choice is not null ? now + failover.Check.Interval.Value : null,
            findings.Verdict is PublishVerdict.Wait { Until: var until } ? until : null,
            findings.IsVerified && !findings.State.Published.IsEmpty ? memory.NextRound : null,
            now + WhenNothingIsDue,
        ];
        return new Reconciled<DdnsRecordStatus>(status, due.Min()!.Value - now);
    }

    private static IReadOnlyList<ObservedAnswer> Observed(VerificationRound round, AddressSet published, DdnsRecordStatus before) =>
        [.. round.Findings.Select(finding => new ObservedAnswer
        {
            Server = finding.Server,
            Authoritative = finding.IsAuthoritative,
            Addresses = finding.Addresses?.Texts ?? [],
            Agrees = finding.Addresses?.Equals(published) == true,
            Message = finding.Problem,
        }).Select(answer => answer with { Since = before.Observed.FirstOrDefault(old => old with { Since = null } == answer)?.Since })];

    private static AddressChange ChangeFor(DdnsRecordSpec spec, DomainName name, PublishState state, ProviderCapabilities capabilities)
    {
        var timeToLive = capabilities.FixedTimeToLive ?? (spec.Ttl.Value < capabilities.MinTimeToLive ? capabilities.MinTimeToLive : spec.Ttl.Value);
        var v4 = spec.RecordTypes.Contains(RecordType.A) ? state.Believed.V4 : (System.Collections.Immutable.ImmutableArray<System.Net.IPAddress>?)null;
        var v6 = spec.RecordTypes.Contains(RecordType.AAAA) ? state.Believed.V6 : (System.Collections.Immutable.ImmutableArray<System.Net.IPAddress>?)null;

        // A family of which nothing is known is not emptied where that cannot be said anyway.
        return new AddressChange(name, v4 is [] && !capabilities.CanDelete ? null : v4, v6 is [] && !capabilities.CanDelete ? null : v6, timeToLive);
    }

    private static AddressChange? WhatStays(DdnsRecordSpec spec, DomainName name)
    {
        var replacement = AddressSet.Parse(spec.Policy.Deletion.ReplaceWith ?? []);
        return spec.Policy.Deletion.Action switch
        {
            DeletionAction.Keep => null,
            DeletionAction.Replace => new AddressChange(name, replacement.V4, replacement.V6, spec.Ttl),
            _ => new AddressChange(name, spec.RecordTypes.Contains(RecordType.A) ? [] : null, spec.RecordTypes.Contains(RecordType.AAAA) ? [] : null, spec.Ttl),
        };
    }

    private void ReportDrift(Pass<DdnsRecord> pass, DomainName name, RecordMemory memory)
    {
        var (reason, servers) = memory.Verdict switch
        {
            VerificationVerdict.Drifted drifted => ("Drifted", drifted.Servers),
            VerificationVerdict.Stale stale => ("StaleServer", stale.Servers),
            _ => ("", []),
        };
        metrics.Drifted(servers.Length);
        DnsLog.Drifted(logger, pass.Resource.Key.ToString(), name.Text, string.Join(", ", servers));
        TellOnce(pass, memory, EventType.Warning, reason, "Verify", $"{name} is not as published at {string.Join(", ", servers)}.");
    }

    // Another specification is another source and another set of targets.
    private async Task<RecordMemory> MemoryAsync(KubeObject<DdnsRecord> resource)
    {
        var memory = _memories.GetOrAdd(resource.Key, _ => new RecordMemory());
        if (memory.Generation == resource.Metadata.Generation) return memory;

        if (memory.Monitor is { } monitor) await monitor.DisposeAsync();
        return _memories[resource.Key] = new RecordMemory { Generation = resource.Metadata.Generation };
    }

    private static string ValueOf(Pass<DdnsRecord> pass) =>
        OwnerMark.ValueFor(pass.Resource.Metadata.Namespace, pass.Resource.Metadata.Name, pass.Resource.Metadata.Uid);

    private static bool IsUnlocked(ObjectMeta metadata, PublishState state) =>
        metadata.Annotations.TryGetValue(UnlockAnnotation, out var text) &&
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var settled) && settled >= state.Lockout?.Since;

    private void TellOnce(Pass<DdnsRecord> pass, RecordMemory memory, EventType severity, string reason, string action, string note)
    {
        if (memory.LastTold == reason + note) return;
        memory.LastTold = reason + note;
        Tell(pass, severity, reason, action, note);
    }

    private void Tell(Pass<DdnsRecord> pass, EventType severity, string reason, string action, string note) =>
        events.Record(Kinds.DdnsRecords, pass.Resource.Metadata, severity, reason, action, note);
}
