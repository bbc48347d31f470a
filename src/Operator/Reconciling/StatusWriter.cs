using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>Writes status by server-side apply, once a pass and only when it says something new;
/// and knows what was written before the watch does.</summary>
public sealed class StatusWriter<T, TStatus>(KubeClient client, ResourceType<T> type, TimeProvider time)
    where T : notnull
    where TStatus : ResourceStatus
{
    /// <summary>Whole and constant for ever: fields of a renamed manager could never be removed.</summary>
    public const string FieldManager = "sstp-operator-status";

    /// <summary>resourceVersion of what was written and has not come back by the watch yet.</summary>
    private readonly ConcurrentDictionary<ObjectKey, string> _pending = new();

    /// <summary>The watch has shown an object.</summary>
    public void Saw(KubeObject shown)
    {
        if (_pending.TryGetValue(shown.Key, out var written) && written == shown.Metadata.ResourceVersion)
            _pending.TryRemove(shown.Key, out _);
    }

    /// <summary>Something else of the object was written.</summary>
    public void Wrote(KubeObject stored) => _pending[stored.Key] = stored.Metadata.ResourceVersion;

    public void Forget(ObjectKey key) => _pending.TryRemove(key, out _);

    /// <summary>The object with all that was written to it: from the cache, or read anew while
    /// the cache lags behind our own writes.</summary>
    /// <remarks>A pass that decided from an older status would place a second order, or publish twice.</remarks>
    public async Task<KubeObject<T>?> FreshestAsync(ObjectKey key, KubeObject<T>? cached, CancellationToken stopping)
    {
        if (!_pending.TryGetValue(key, out var written)) return cached;
        if (cached?.Metadata.ResourceVersion != written)
        {
            var stored = await client.GetAsync(type, key, stopping).ConfigureAwait(false);
            if (stored?.Metadata.ResourceVersion != cached?.Metadata.ResourceVersion) return stored;
        }

        _pending.TryRemove(key, out _);
        return cached;
    }

    /// <returns>Whether anything was written.</returns>
    public async Task<bool> WriteAsync(KubeObject<T> resource, TStatus wanted, CancellationToken stopping)
    {
        var before = StoredStatus.Read<TStatus>(resource);
        var settled = (TStatus)(wanted with
        {
            ObservedGeneration = resource.Metadata.Generation,
            Conditions = ConditionSettling.Settle(
                before?.Conditions ?? [], wanted.Conditions, resource.Metadata.Generation, time.GetUtcNow()),
        });
        var status = (JsonObject)JsonSerializer.SerializeToNode(settled, ResourceJson.Info<TStatus>())!;
        if (resource.Metadata.Annotations.TryGetValue(ApiGroup.ReconcileAtAnnotation, out var requested))
            status["handledReconcileAt"] = requested;
        if (before is not null
            && JsonNode.DeepEquals(status, JsonSerializer.SerializeToNode(before, ResourceJson.Info<TStatus>())))
            return false;

        var manifest = new JsonObject
        {
            ["apiVersion"] = type.ApiVersion,
            ["kind"] = type.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = resource.Metadata.Name, ["namespace"] = resource.Metadata.Namespace, ["uid"] = resource.Metadata.Uid,
            },
            ["status"] = status,
        };
        var stored = await client.ApplyStatusAsync(type, manifest, FieldManager, stopping).ConfigureAwait(false);
        Wrote(stored);
        return true;
    }
}
