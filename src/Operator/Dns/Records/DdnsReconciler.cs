using System.Collections.Concurrent;
using System.Globalization;
using KubeApi.Objects;
using Operator.Dns.Names;
using Operator.Dns.Publishing;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>Keeps a name at the right addresses: see what they are, decide, publish,
/// ask the zone's servers, say all of it.</summary>
/// <remarks>A pass does only what is due; what it decides comes from pure functions,
/// and what it must remember stands in the status.</remarks>
public sealed class DdnsReconciler(
    IRecordWorld world, ProviderOpener providers, SourceReader source, TargetFollower targets,
    ServerCheck servers, OutsideCheck outside, Publisher publisher,
    RecordRelease release, TimeProvider time)
    : IReconciler<DdnsRecord, DdnsRecordStatus>, IWakesObjects, IHurriesObjects
{
    /// <summary>Annotation: an RFC 3339 time; lock-outs from before it are over.
    /// How a person says that the matter is settled.</summary>
    public const string UnlockAnnotation = $"{ApiGroup.Name}/unlock";

    private readonly ConcurrentDictionary<ObjectKey, RecordMemory> _memories = new();

    public event Action<ObjectKey>? Woken
    {
        add
        {
            providers.Accounts.Woken += value;
            targets.Woken += value;
        }

        remove
        {
            providers.Accounts.Woken -= value;
            targets.Woken -= value;
        }
    }

    public Func<ObjectKey, bool> Hurry
    {
        set => providers.Accounts.Hurry = value;
    }

    public string Finalizer => $"{ApiGroup.Name}/ddns";

    public async Task<Reconciled<DdnsRecordStatus>> ReconcileAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
    {
        var record = pass.Resource.Value;
        if (!DomainName.TryParse(record.Spec.Fqdn, out var name))
            throw new TerminalException("InvalidName", $"spec.fqdn \"{record.Spec.Fqdn}\" is no domain name.");

        var own = new RecordPass(pass, name, await MemoryAsync(pass.Resource));
        var before = record.Status ?? new DdnsRecordStatus();
        var state = own.Memory.Unwritten ?? PublishStatus.Read(record.Status);
        own.Memory.Unwritten = null;
        try
        {
            var opened = await providers.OpenAsync(own.Namespace, record.Spec.Provider, stopping);
            if (own.Memory.Account != opened.Account) own.Memory.Account?.Quit(own.Key);
            own.Memory.Account = opened.Account;
            if (world.ClaimantsOf(record.Spec.Fqdn) is not [var first, ..] || first == own.Key.ToString())
                return await KeepAsync(own, opened, before, state, stopping);

            opened.Account.Leave(own.Key);
            return Report(own, before, new RecordFindings
            {
                State = state,
                Obstacle = ("DuplicateName", $"{first} is older and publishes this name already. Delete one of the two."),
            });
        }
        catch (SecretMissingException exception)
        {
            return Report(
                own, before,
                new RecordFindings { State = state, Obstacle = ("SecretNotFound", exception.Message), IsPaused = pass.IsPaused });
        }
    }

    public async Task<CleanUp> CleanUpAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
    {
        if (!DomainName.TryParse(pass.Resource.Value.Spec.Fqdn, out var name)) return CleanUp.Done;

        var memory = await MemoryAsync(pass.Resource);
        memory.Account?.Quit(pass.Resource.Key);    // nobody sends it any more
        return await release.ReleaseAsync(new RecordPass(pass, name, memory), stopping);
    }

    public void Forget(ObjectKey key)
    {
        if (!_memories.TryRemove(key, out var memory)) return;

        memory.Account?.Quit(key);
        _ = memory.StopAsync();
    }

    public void Rest(ObjectKey key)
    {
        if (_memories.TryGetValue(key, out var memory)) memory.Account?.Rest(key);
    }

    private async Task<Reconciled<DdnsRecordStatus>> KeepAsync(
        RecordPass own, OpenedProvider opened, DdnsRecordStatus before, PublishState state, CancellationToken stopping)
    {
        var spec = own.Spec;
        var now = time.GetUtcNow();
        state = state.Unlock(opened.Subject, IsUnlocked(own.Metadata, state, opened));
        var rules = PublishRules.From(spec.Policy, opened.Provider.Capabilities, isAuthoritative: false);
        var findings = new RecordFindings { State = state, IsPaused = own.IsPaused };
        if (spec.Failover is { } failover)
            (rules, findings, before) = await targets.FollowAsync(own, failover, before, rules, findings, stopping);
        else (rules, findings) = await source.ReadAsync(own, rules, findings, before.Published, stopping);

        findings = await servers.AskAsync(own, rules, findings, stopping);
        findings = await publisher.PublishAsync(own, opened, rules, findings, stopping);
        if (findings.Gathers is { } until)
        {
            own.Memory.Unwritten = findings.State;
            return new Reconciled<DdnsRecordStatus>(before, until - now) { IsUnwritten = true };
        }

        findings = outside.Look(own, findings);
        return Report(own, before, findings with { Refusal = own.Memory.Refusal });
    }

    private Reconciled<DdnsRecordStatus> Report(RecordPass pass, DdnsRecordStatus before, RecordFindings findings) =>
        RecordReport.Make(pass.Spec, before, findings, pass.Memory, time.GetUtcNow());

    // Another specification is another source and another set of targets.
    private async Task<RecordMemory> MemoryAsync(KubeObject<DdnsRecord> resource)
    {
        var memory = _memories.GetOrAdd(resource.Key, _ => new RecordMemory());
        if (memory.Generation == resource.Metadata.Generation) return memory;

        await memory.DisposeAsync();
        return _memories[resource.Key] = new RecordMemory { Generation = resource.Metadata.Generation, Account = memory.Account };
    }

    // Where a refusal is about the account, who settles it for one name settles it for all.
    private static bool IsUnlocked(ObjectMeta metadata, PublishState state, OpenedProvider opened)
    {
        DateTimeOffset? settled = metadata.Annotations.TryGetValue(UnlockAnnotation, out var text) &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        if (opened.Provider.Capabilities.RefusesAccounts)
        {
            if (settled is { } time) opened.Account.Settle(time);
            settled = opened.Account.SettledAt;
        }

        return settled >= state.Lockout?.Since;
    }
}
