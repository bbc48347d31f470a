using KubeApi.Client;
using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>Reads what is decided from about one VpnGateway: from caches, and from the gateways themselves.</summary>
internal sealed class GatewayGatherer(
    KubeClient client, GatewayCaches caches, SecretStore secrets, GatewayFleet fleet, OperatorOptions options, TimeProvider time)
{
    /// <summary>Events of the core group: what the kubelet and the scheduler write.</summary>
    private static readonly ResourceType<System.Text.Json.JsonElement> Events =
        BuiltIn.Events with { Group = "", Version = "v1" };

    private readonly GatewaySettings _settings = new() { Image = options.GatewayImage, Environment = options.GatewayEnvironment };

    public async Task<GatewayFacts> GatherAsync(KubeObject<VpnGateway> resource, CancellationToken stopping)
    {
        var gateway = resource.Value;
        var key = resource.Key;
        var certificate = Named(caches.Certificates, GatewayNames.Certificate(gateway), key.Namespace);
        var pods = caches.PodsOf(key);
        var workload = WorkloadOf(gateway, key);
        var others = Others();
        return new GatewayFacts
        {
            Gateway = gateway,
            Now = time.GetUtcNow(),
            Settings = _settings,
            Users = await SecretAsync(gateway.Spec.Authentication.UsersSecret?.Name, key.Namespace, stopping)
                .ConfigureAwait(false),
            Certificate = certificate?.Value,
            TlsSecret = await SecretAsync(GatewayNames.TlsSecret(gateway, certificate?.Value), key.Namespace, stopping)
                .ConfigureAwait(false),
            Record = Named(caches.Records, GatewayNames.Record(gateway), key.Namespace)?.Value,
            Config = await SecretAsync(GatewayNames.Config(key.Name), key.Namespace, stopping).ConfigureAwait(false),
            Owned = [.. caches.OwnedBy(resource.Metadata.Uid)
                .Select(owned => new OwnedObject(owned.Type.ApiVersion, owned.Type.Kind, owned.Found.Metadata.Name))],
            Workload = workload,
            Pods = pods,
            Nodes = [.. caches.Nodes.Cache.All()],
            Warnings = workload is not null && (pods.Count == 0 || pods.Any(pod => !pod.Value.IsReady))
                ? await WarningsAsync(key, stopping).ConfigureAwait(false)
                : [],
            Reports = await fleet.AskAsync(gateway, stopping).ConfigureAwait(false),
            Others = others,
            AnsweringHttp = others.Select(other => $"{other.Metadata.Namespace}/{other.Metadata.Name}")
                .Where(caches.AnswersHttp).ToHashSet(),
        };
    }

    private KubeObject<System.Text.Json.JsonElement>? WorkloadOf(VpnGateway gateway, ObjectKey key)
    {
        var name = new ObjectKey(key.Namespace, GatewayNames.Workload(key.Name));
        return gateway.Spec.Workload.Kind == WorkloadKind.DaemonSet
            ? caches.DaemonSets.Cache.Find(name)
            : caches.Deployments.Cache.Find(name);
    }

    private async Task<KubeObject<Secret>?> SecretAsync(string? name, string @namespace, CancellationToken stopping) =>
        name is null ? null : await secrets.FindAsync(new ObjectKey(@namespace, name), stopping).ConfigureAwait(false);

    /// <summary>Only asked for when something is wrong: why a pod does not come up is told nowhere else.</summary>
    private async Task<IReadOnlyList<KubeObject>> WarningsAsync(ObjectKey gateway, CancellationToken stopping)
    {
        var events = await client.ListAsync(
            Events, new ListOptions { Namespace = gateway.Namespace, FieldSelector = "type=Warning" }, stopping)
            .ConfigureAwait(false);
        // Pods and ReplicaSets are called as the workload, and something behind it.
        var prefix = GatewayNames.Workload(gateway.Name);
        return [.. events.Items
            .Where(item => About(item)?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .OrderBy(item => item.Metadata.CreationTimestamp)];
    }

    private static string? About(KubeObject item) =>
        item.Json.TryGetProperty("involvedObject", out var about) && about.TryGetProperty("name", out var name)
            ? name.GetString()
            : null;

    /// <summary>A gateway whose object cannot be read is not compared with; its own pass says what is wrong.</summary>
    private List<VpnGateway> Others()
    {
        var readable = new List<VpnGateway>();
        foreach (var other in caches.Gateways.Cache.All())
        {
            try
            {
                readable.Add(other.Value);
            }
            catch (System.Text.Json.JsonException)
            {
                continue;
            }
        }

        return readable;
    }

    private static KubeObject<T>? Named<T>(OwnedCache<T> cache, string? name, string @namespace)
        where T : notnull => name is null ? null : cache.Cache.Find(new ObjectKey(@namespace, name));
}
