using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Gateways.Channel;
using Operator.Gateways.Planning;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>Does what a plan says: objects by server-side apply where they differ, what is superfluous away,
/// configurations to the gateways.</summary>
internal sealed class GatewayApplier(
    KubeClient client, GatewayCaches caches, SecretStore secrets, GatewayFleet fleet,
    IEventRecorder events, ILogger<GatewayApplier> logger)
{
    /// <summary>Constant for ever: fields of a renamed manager could never be removed.</summary>
    public const string FieldManager = "sstp-operator";

    /// <summary>Digest of what was wanted: a field that is no longer wanted shows in no comparison with what is there.</summary>
    private const string IntentAnnotation = $"{ApiGroup.Name}/intent";

    /// <summary>What was applied last and how it was stored. A server may store a thing otherwise
    /// than it was sent ("0.5" as "500m").</summary>
    private readonly ConcurrentDictionary<(string Resource, ObjectKey Key), Applied> _applied = new();

    /// <returns>Whether a gateway took a new configuration, so that its report is out of date.</returns>
    public async Task<bool> ApplyAsync(
        KubeObject<VpnGateway> resource, GatewayPlan plan, GatewayFacts facts, CancellationToken stopping)
    {
        foreach (var manifest in plan.Objects) await ApplyAsync(resource, manifest, facts, stopping).ConfigureAwait(false);
        await DeleteAsync(resource, plan, stopping).ConfigureAwait(false);
        return plan.Bundle is { } bundle && await PushAsync(resource, bundle, plan.Behind, stopping).ConfigureAwait(false);
    }

    public async Task DeleteAsync(KubeObject<VpnGateway> resource, GatewayPlan plan, CancellationToken stopping)
    {
        foreach (var superfluous in plan.Superfluous)
        {
            var type = OwnedKinds.Of(superfluous.ApiVersion, superfluous.Kind);
            var key = new ObjectKey(resource.Metadata.Namespace, superfluous.Name);
            if (caches.Find(type, key) is not { Metadata.IsDeleting: false } known) continue;

            // Only this very object: a person may have put another in its place since it was seen.
            if (await client.DeleteAsync(type, key, new DeleteOptions(known.Metadata.Uid), stopping).ConfigureAwait(false))
                GatewaysLog.Deleted(logger, resource.Key.ToString(), type.Kind, key.Name);
            _applied.TryRemove((type.FullName, key), out _);
        }
    }

    private async Task ApplyAsync(
        KubeObject<VpnGateway> resource, JsonObject planned, GatewayFacts facts, CancellationToken stopping)
    {
        var type = OwnedKinds.Of((string)planned["apiVersion"]!, (string)planned["kind"]!);
        var key = new ObjectKey(resource.Metadata.Namespace, (string)planned["metadata"]!["name"]!);
        var intent = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(planned.ToJsonString())))[..16];
        var manifest = (JsonObject)planned.DeepClone();
        if (manifest["metadata"]!["annotations"] is not JsonObject annotations)
            manifest["metadata"]!["annotations"] = annotations = [];
        annotations[IntentAnnotation] = intent;

        // Of Secrets the caches hold no content; the one that is planned was read for the facts.
        var live = type == BuiltIn.Secrets ? facts.Config : caches.Find(type, key);
        var difference = live is null ? "" : ObjectDrift.FirstDifference(live.Json, manifest);
        if (difference is null || (live is not null && IsAsStored(type, key, intent, difference))) return;

        RefuseForeign(resource, type, live);
        var stored = await ApplyAsync(type, manifest, stopping).ConfigureAwait(false);
        _applied[(type.FullName, key)] = new Applied(intent, ObjectDrift.FirstDifference(stored.Json, manifest));
        if (live is not null && live.Metadata.ResourceVersion == stored.Metadata.ResourceVersion) return;

        if (live is null || live.Metadata.Annotations.GetValueOrDefault(IntentAnnotation) != intent)
        {
            GatewaysLog.Applied(logger, resource.Key.ToString(), type.Kind, key.Name);
            return;
        }

        GatewaysLog.DriftRepaired(logger, resource.Key.ToString(), type.Kind, key.Name, difference);
        events.Record(
            Kinds.VpnGateways, resource.Metadata, EventType.Warning, "DriftRepaired", "Apply",
            $"{type.Kind} {key.Name} was changed by somebody else at {difference} and is set back; "
            + "change the VpnGateway instead.");
    }

    private async Task<KubeObject> ApplyAsync(ResourceType type, JsonObject manifest, CancellationToken stopping)
    {
        if (type != BuiltIn.Secrets)
            return await client.ApplyAsync(BuiltIn.Plain(type), manifest, FieldManager, stopping).ConfigureAwait(false);

        var stored = await client.ApplyAsync(BuiltIn.Secrets, manifest, FieldManager, stopping).ConfigureAwait(false);
        secrets.Wrote(stored);
        return stored;
    }

    /// <summary>What another controller owns is not fought over.</summary>
    private static void RefuseForeign(KubeObject<VpnGateway> resource, ResourceType type, KubeObject? live)
    {
        if (live?.Metadata.Controller is not { } owner || owner.Uid == resource.Metadata.Uid) return;
        throw new TerminalException(
            "NameTaken",
            $"{type.Kind} {live.Metadata.Name} is needed and belongs to {owner.Kind} {owner.Name}. "
            + "Delete or rename one of the two.");
    }

    private bool IsAsStored(ResourceType type, ObjectKey key, string intent, string difference) =>
        _applied.TryGetValue((type.FullName, key), out var applied) && applied.Intent == intent && applied.Remains == difference;

    private async Task<bool> PushAsync(
        KubeObject<VpnGateway> resource, ConfigurationBundle bundle, IReadOnlyList<string> behind, CancellationToken stopping)
    {
        if (behind.Count == 0) return false;
        var taken = await Task.WhenAll(fleet.ChannelsOf(resource.Value)
            .Where(member => behind.Contains(member.Pod))
            .Select(member => PushAsync(resource, member.Pod, member.Channel, bundle, stopping))).ConfigureAwait(false);
        return taken.Contains(true);
    }

    private async Task<bool> PushAsync(
        KubeObject<VpnGateway> resource, string pod, IGatewayChannel channel,
        ConfigurationBundle bundle, CancellationToken stopping)
    {
        try
        {
            var result = await channel.PushAsync(bundle, stopping).ConfigureAwait(false);
            if (result.Verdict == PushVerdict.InForce)
            {
                GatewaysLog.Pushed(logger, resource.Key.ToString(), pod, bundle.Revision);
                return true;
            }

            GatewaysLog.PushRefused(
                logger, resource.Key.ToString(), pod, bundle.Revision, result.Verdict.ToString(),
                string.Join("; ", result.Mistakes.Select(mistake => mistake.ToString())));
            return false;
        }
        catch (GatewayChannelException e)
        {
            // It is asked again at the next pass, and until then the mounted file tells it.
            GatewaysLog.Unreachable(logger, resource.Key.ToString(), pod, e.Message);
            return false;
        }
    }

    /// <param name="Remains">Where the server stored something else than was sent; null when it did not.</param>
    private sealed record Applied(string Intent, string? Remains);
}
