using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Credentials;
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

/// <summary>Gives every VpnGateway a desk, a Secret of its own, and does what people put on it. The way there is a right on that one Secret.</summary>
/// <remarks>docs/adr/0071-desk.md says why it is a Secret, and what bounds it.</remarks>
internal sealed class DeskController : IController, IDisposable
{
    private readonly GatewayCaches _caches;
    private readonly SecretStore _secrets;
    private readonly DeskClerk _clerk;
    private readonly ControllerServices _services;
    private readonly ILogger _logger;
    private readonly WorkQueue<ObjectKey> _queue;

    public DeskController(GatewayCaches caches, SecretStore secrets, DeskClerk clerk, ControllerServices services, ILogger<DeskController> logger)
    {
        _caches = caches;
        _secrets = secrets;
        _clerk = clerk;
        _services = services;
        _logger = logger;
        _queue = new WorkQueue<ObjectKey>(new WorkQueueOptions { Name = Name, LongestRetry = TimeSpan.FromSeconds(30) }, services.QueueMetrics, services.Time);
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

    public async Task RunAsync(CancellationToken stopping)
    {
        // One gateway that does not answer must not keep the people at another desk waiting.
        const int workers = 4;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(stopping))).ConfigureAwait(false);
    }

    public void Dispose() => _queue.Dispose();

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (await _queue.TakeAsync(stopping).ConfigureAwait(false) is { Taken: true } taken)
            {
                await PassAsync(taken.Key, stopping).ConfigureAwait(false);
                _queue.Done(taken.Key);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end; a request that was not answered is found by whoever leads next.
        }
    }

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
        catch (Exception e) when (e is KubeApiException or HttpRequestException or IOException or TimeoutException or CredentialException
            or System.Text.Json.JsonException or System.Net.Sockets.SocketException or OperationCanceledException)
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
        if (_secrets.Watched.Cache.Find(key) is null)
        {
            await MakeAsync(resource, key, stopping).ConfigureAwait(false);
            return;
        }
        if (await _services.Client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false) is not { } secret) return;

        var state = DeskState.Of(secret.Value, _services.Time.GetUtcNow());
        var data = new JsonObject();
        foreach (var stale in state.Stale) data[stale] = null;
        foreach (var (id, mistake) in state.Refused) Put(data, id, new DeskAnswer { At = _services.Time.GetUtcNow(), Problem = mistake });
        foreach (var (id, request) in state.Requests)
        {
            var answer = await _clerk.CarryOutAsync(resource.Value, request, stopping).ConfigureAwait(false);
            Tell(resource, id, answer);
            Put(data, id, answer);
        }

        if (data.Count > 0)
            await _services.Client.MergePatchAsync(BuiltIn.Secrets, key, new JsonObject { ["data"] = data }, stopping).ConfigureAwait(false);
        if (state.HasMore) _queue.AddAfter(gateway, DeskState.AnswerLifetime);
    }

    private static void Put(JsonObject data, string id, DeskAnswer answer)
    {
        data[DeskFormat.RequestKey(id)] = null;
        data[DeskFormat.AnswerKey(id)] = Convert.ToBase64String(DeskFormat.Write(answer));
    }

    /// <summary>Whoever ends other people's calls is to be seen doing it; who it was is in the API server's audit log.</summary>
    private void Tell(KubeObject<VpnGateway> resource, string id, DeskAnswer answer)
    {
        foreach (var calls in answer.Ended.GroupBy(call => (call.User, call.Gateway)))
        {
            var numbers = string.Join(", ", calls.Select(call => call.Id));
            GatewaysLog.CallsEnded(_logger, resource.Key.ToString(), numbers, calls.Key.User, calls.Key.Gateway, id);
            _services.Events.Record(
                Kinds.VpnGateways, resource.Metadata, EventType.Normal, "CallsEnded", "EndCalls",
                $"Calls of {calls.Key.User} on {calls.Key.Gateway} were told to end: {numbers}. Asked for by request {id} in Secret {GatewayNames.Desk(resource.Key.Name)}.");
        }
    }

    /// <summary>It belongs to the gateway, and goes with it; the gateway's own controller does not count it among what it makes.</summary>
    private async Task MakeAsync(KubeObject<VpnGateway> resource, ObjectKey key, CancellationToken stopping)
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
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            // The watch will tell of it.
        }
    }

    /// <summary>The gateway whose desk a Secret is; null when it is another Secret.</summary>
    private static ObjectKey? GatewayOf(ObjectMeta secret) =>
        secret.Labels.TryGetValue(GatewayNames.GatewayLabel, out var gateway) && secret.Name == GatewayNames.Desk(gateway)
            ? new ObjectKey(secret.Namespace, gateway)
            : null;
}
