using KubeApi.Events;
using Microsoft.Extensions.Logging;
using Operator.Dns.Providers;
using Operator.Reconciling;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The end of a record: the name is given back as its deletion policy says.</summary>
public sealed class RecordRelease(ProviderOpener providers, RecordNews news, ILogger<RecordRelease> logger)
{
    /// <exception cref="ReleaseFailedException">The service did not let go of it.</exception>
    public async Task<CleanUp> ReleaseAsync(RecordPass pass, CancellationToken stopping)
    {
        if (pass.Pass.Resource.Value.Status?.LastPublished is null) return CleanUp.Done;

        OpenedProvider opened;
        try
        {
            opened = await providers.OpenAsync(pass.Namespace, pass.Spec.Provider, stopping);
        }
        catch (SecretMissingException exception)
        {
            // In a namespace that is being deleted the Secret often goes first; waiting for it would hang the namespace.
            news.Tell(pass, EventType.Warning, "CleanUpGivenUp", "Delete", $"{pass.Name} stays as it is: {exception.Message} Remove the record and its mark by hand.");
            return CleanUp.Done;
        }

        var ownership = new NameOwnership(opened.Provider, pass.Name, pass.Mark, pass.Spec.Policy.Ownership);
        var outcome = await ownership.ReleaseAsync(WhatStays(pass), stopping);
        if (outcome?.FailureOrNull is { } failure)
        {
            DnsLog.NotPublished(logger, pass.Key.ToString(), pass.Name.Text, failure.Class.ToString(), failure.Words);
            throw new ReleaseFailedException($"{pass.Name} could not be released: {failure.Words} - {failure.Advice}");
        }

        DnsLog.Removed(logger, pass.Key.ToString(), pass.Name.Text, outcome is null ? "nothing of ours is there" : pass.Spec.Policy.Deletion.Action.ToString());
        return CleanUp.Done;
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
