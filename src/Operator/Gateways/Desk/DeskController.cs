using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Objects;
using KubeApi.Queueing;
using KubeApi.Watching;
using Microsoft.Extensions.Logging;
using Operator.Gateways.Planning;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Desk;

/// <summary>Gives every VpnGateway a desk, a Secret of its own, and does what people put on it.
/// The way there is a right on that one Secret.</summary>
/// <remarks>docs/adr/0071-desk.md says why it is a Secret, and what bounds it.</remarks>
internal sealed class DeskController : IController, IDisposable
{
    private readonly GatewayCaches _caches;
    private readonly SecretStore _secrets;
    private readonly DeskClerk _clerk;
    private readonly ControllerServices _services;
    private readonly ILogger _logger;
    private readonly WorkQueue<ObjectKey> _queue;

    public DeskController(
        GatewayCaches caches, SecretStore secrets, DeskClerk clerk, ControllerServices services, ILogger<DeskController> logger)
    {
        _caches = caches;
        _secrets = secrets;
        _clerk = clerk;
        _services = services;
        _logger = logger;
        _queue = new WorkQueue<ObjectKey>(
            new WorkQueueOptions { Name = Name, LongestRetry = TimeSpan.FromSeconds(30) }, services.QueueMetrics, services.Time);
        caches.Gateways.Follow(change =>
        {
            if (change.Kind == CacheChangeKind.Added) _queue.Add(change.Current.Key);
        });
        secrets.Watched.Follow(change =>
        {
            if (GatewayOf(change.Current.Metadata) is { } gateway && change.Kind != CacheChangeKind.Resync) _queue.Add(gateway);
        });
    }

    public string Name => "desks";

    public Task RunAsync(CancellationToken stopping)
    {
        // One gateway that does not answer must not keep the people at another desk waiting.
        const int workers = 4;
        return _queue.WorkAsync(workers, PassAsync, stopping);
    }

    public void Dispose() => _queue.Dispose();

    private async Task PassAsync(ObjectKey gateway, CancellationToken stopping)
    {
        try
        {
            await ServeAsync(gateway, stopping).ConfigureAwait(false);
            _queue.Forget(gateway);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (ClusterFailures.Include(e)
            || e is System.Text.Json.JsonException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            GatewaysLog.DeskFailed(_logger, gateway.ToString(), _queue.AddFailed(gateway), e.Message);
        }
        catch (Exception e)
        {
            // A mistake of ours at one desk is no reason to end the operator.
            GatewaysLog.DeskBug(_logger, gateway.ToString(), _queue.AddFailed(gateway), e);
        }
    }

    private async Task ServeAsync(ObjectKey gateway, CancellationToken stopping)
    {
        if (_caches.Gateways.Cache.Find(gateway) is not { Metadata.IsDeleting: false } resource) return;

        var key = new ObjectKey(gateway.Namespace, GatewayNames.Desk(gateway.Name));
        if (_secrets.Watched.Cache.Find(key) is null && await IsMadeAsync(resource, key, stopping).ConfigureAwait(false)) return;
        if (await _services.Client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false) is not { } secret) return;
        if (!DeskOwnership.IsDeskOf(resource.Metadata, secret))
        {
            // A person's Secret may hold anything: nothing of it is read or written. The watch tells when the name is free.
            if (!DeskOwnership.IsLeftOver(resource.Metadata, secret)) Refuse(resource, key);
            return;
        }

        var state = DeskState.Of(secret.Value, _services.Time.GetUtcNow());
        var data = new JsonObject();
        foreach (var stale in state.Stale) data[stale] = null;
        foreach (var (id, mistake) in state.Refused)
            Put(data, id, new DeskAnswer { At = _services.Time.GetUtcNow(), Problem = mistake });
        if (data.Count > 0) await PatchAsync(key, secret.Metadata, data, stopping).ConfigureAwait(false);

        foreach (var (id, request) in state.Requests)
        {
            var answer = await AnswerAsync(resource, id, request, stopping).ConfigureAwait(false);
            Tell(resource, id, answer);

            // At once: what was carried out is not to be done again because another request came to grief.
            var answered = new JsonObject();
            Put(answered, id, answer);
            await PatchAsync(key, secret.Metadata, answered, stopping).ConfigureAwait(false);
        }
        if (state.HasMore) _queue.AddAfter(gateway, DeskState.AnswerLifetime);
    }

    /// <summary>Only this very Secret: a person may have put another in its place since it was read.</summary>
    private async Task PatchAsync(ObjectKey key, ObjectMeta desk, JsonObject data, CancellationToken stopping)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = desk.Uid }, ["data"] = data };
        await _services.Client.MergePatchAsync(BuiltIn.Secrets, key, patch, stopping).ConfigureAwait(false);
    }

    private static void Put(JsonObject data, string id, DeskAnswer answer)
    {
        data[DeskFormat.RequestKey(id)] = null;
        data[DeskFormat.AnswerKey(id)] = Convert.ToBase64String(DeskFormat.Write(answer));
    }

    /// <summary>
    /// Whoever ends other people's calls is to be seen doing it; who it was is in the API server's audit log. Whose calls they
    /// were goes to the log alone: many may read events who may not read the desk.
    /// </summary>
    private void Tell(KubeObject<VpnGateway> resource, string id, DeskAnswer answer)
    {
        foreach (var calls in answer.Ended.GroupBy(call => (call.User, call.Gateway)))
        {
            var numbers = string.Join(", ", calls.Select(call => call.Id));
            GatewaysLog.CallsEnded(_logger, resource.Key.ToString(), numbers, calls.Key.User, calls.Key.Gateway, id);
        }
        foreach (var calls in answer.Ended.GroupBy(call => call.Gateway, StringComparer.Ordinal))
        {
            _services.Events.Record(
                Kinds.VpnGateways, resource.Metadata, EventType.Normal, "CallsEnded", "EndCalls",
                $"Calls on {calls.Key} that were told to end: {calls.Count()}. "
                + $"Asked for by request {id} in Secret {GatewayNames.Desk(resource.Key.Name)}.");
        }
    }

    private async Task<DeskAnswer> AnswerAsync(
        KubeObject<VpnGateway> resource, string id, DeskRequest request, CancellationToken stopping)
    {
        try
        {
            return await _clerk.CarryOutAsync(resource.Value, request, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // A request that can never be carried out must not keep the others waiting for ever.
            GatewaysLog.DeskRequestBug(_logger, resource.Key.ToString(), id, e);
            return new DeskAnswer
            {
                At = _services.Time.GetUtcNow(),
                Problem = $"A mistake of the operator's kept request {id} from being carried out, or from being carried out to "
                    + "the end; its log says more. Please report it.",
            };
        }
    }

    private void Refuse(KubeObject<VpnGateway> resource, ObjectKey key)
    {
        GatewaysLog.DeskNameTaken(_logger, resource.Key.ToString(), key.Name);
        _services.Events.Record(
            Kinds.VpnGateways, resource.Metadata, EventType.Warning, "NameTaken", "MakeDesk",
            $"Secret {key.Name} is needed as the desk and belongs to somebody else; it is left alone, "
            + "and live calls cannot be asked for. Delete or rename one of the two.");
    }

    /// <summary>It belongs to the gateway, and goes with it; the gateway's own controller
    /// does not count it among what it makes.</summary>
    /// <returns>False when the name is taken, by whatever it is.</returns>
    private async Task<bool> IsMadeAsync(KubeObject<VpnGateway> resource, ObjectKey key, CancellationToken stopping)
    {
        try
        {
            await _services.Client.CreateAsync(BuiltIn.Secrets, new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Secret",
                ["metadata"] = new JsonObject
                {
                    ["name"] = key.Name,
                    ["namespace"] = key.Namespace,
                    ["labels"] = new JsonObject
                    {
                        [GatewayNames.GatewayLabel] = resource.Key.Name,
                        ["app.kubernetes.io/managed-by"] = "sstp-operator",
                    },
                    ["ownerReferences"] = new JsonArray(new KubeApi.Objects.OwnerReference(
                        ApiGroup.ApiVersion, VpnGateway.KindName, resource.Key.Name, resource.Metadata.Uid).ToJson()),
                },
                ["type"] = GatewayNames.DeskSecretType,
            }, stopping).ConfigureAwait(false);
            return true;
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>The gateway whose desk's name a Secret has, whoever made it; null for another name.</summary>
    private static ObjectKey? GatewayOf(ObjectMeta secret) =>
        GatewayNames.OfDesk(secret.Name) is { } gateway ? new ObjectKey(secret.Namespace, gateway) : null;
}
