using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Providers;
using Operator.Dns.Routers;
using Operator.Reconciling;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The end of a record: the name is given back as its deletion policy says,
/// and the port that the router forwards for it.</summary>
public sealed class RecordRelease(ProviderOpener providers, SourceOpener sources, RecordNews news, ILogger<RecordRelease> logger)
{
    /// <exception cref="ReleaseFailedException">The service did not let go of it.</exception>
    public async Task<CleanUp> ReleaseAsync(RecordPass pass, CancellationToken stopping)
    {
        if (pass.Pass.Resource.Value.Status?.LastPublished is not null) await ReleaseNameAsync(pass, stopping);
        await TakeBackPortAsync(pass, stopping);
        return CleanUp.Done;
    }

    private async Task ReleaseNameAsync(RecordPass pass, CancellationToken stopping)
    {
        OpenedProvider opened;
        try
        {
            opened = await providers.OpenAsync(pass.Namespace, pass.Spec.Provider, stopping);
        }
        catch (SecretMissingException exception)
        {
            // In a namespace that is being deleted the Secret often goes first; waiting for it would hang the namespace.
            news.Tell(
                pass, EventType.Warning, "CleanUpGivenUp", "Delete",
                $"{pass.Name} stays as it is: {exception.Message} Remove the record and its mark by hand.");
            return;
        }

        var ownership = new NameOwnership(opened.Provider, pass.Name, pass.Mark, pass.Spec.Policy.Ownership);
        var outcome = await ownership.ReleaseAsync(WhatStays(pass), stopping);
        if (outcome?.FailureOrNull is { } failure)
        {
            DnsLog.NotPublished(logger, pass.Key.ToString(), pass.Name.Text, failure.Class.ToString(), failure.Words);
            throw new ReleaseFailedException($"{pass.Name} could not be released: {failure.Words} - {failure.Advice}");
        }

        DnsLog.Removed(
            logger, pass.Key.ToString(), pass.Name.Text,
            outcome is null ? "nothing of ours is there" : pass.Spec.Policy.Deletion.Action.ToString());
    }

    // A router that does not answer is no reason to keep the object: the mapping runs out by itself.
    private async Task TakeBackPortAsync(RecordPass pass, CancellationToken stopping)
    {
        if (pass.Spec.Source is not { Router.PortMapping: { } mapping } source) return;
        if ((pass.Memory.Source ?? sources.Open(
            pass.Namespace, pass.Spec, source, pass.Metadata.Annotations, () => AddressSet.Empty,
            pass.Metadata.Uid)) is not RouterAddressSource router) return;

        if (await router.TakeBackAsync(stopping) is { } problem)
            news.Tell(
                pass, EventType.Warning, "PortMappingLeft", "Delete",
                $"The router was asked to stop forwarding port {mapping.ExternalPort} and does not: {problem}. "
                + $"It stops by itself within {mapping.Lifetime.Value.TotalMinutes:0} minutes.");
        else
            DnsLog.PortTakenBack(logger, pass.Key.ToString(), mapping.ExternalPort);
    }

    private static AddressChange? WhatStays(RecordPass pass)
    {
        var deletion = pass.Spec.Policy.Deletion;
        var replacement = AddressSet.Parse(deletion.ReplaceWith ?? []);
        return deletion.Action switch
        {
            DeletionAction.Keep => null,
            DeletionAction.Replace => new AddressChange(pass.Name, replacement.V4, replacement.V6, pass.Spec.Ttl),
            _ => new AddressChange(pass.Name, pass.WantsV4 ? [] : null, pass.WantsV6 ? [] : null, pass.Spec.Ttl),
        };
    }
}
