using System.Net;
using System.Text;
using System.Text.Json;
using KubeApi.Client;
using KubeApi.Objects;
using KubeApi.Watching;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.VpnGateways;

namespace Operator.Dns.Records;

/// <summary>The cluster, from the caches of the watches.</summary>
public sealed class ClusterWorld : IRecordWorld
{
    private readonly KubeClient _client;
    private readonly SecretStore _secrets;
    private readonly Watched<Node> _nodes;
    private readonly Watched<JsonElement> _services;
    private readonly Watched<VpnGateway> _gateways;
    private readonly CacheIndex<DdnsRecord> _byName;
    private readonly CacheIndex<DdnsRecord> _byService;

    public ClusterWorld(KubeClient client, SecretStore secrets, Watches watches)
    {
        _client = client;
        _secrets = secrets;
        _nodes = watches.Of(BuiltIn.Nodes);
        _services = watches.Of(BuiltIn.Services);
        _gateways = watches.Of(Kinds.VpnGateways);
        // Each pass asks who else claims its name, so with thousands of records it must not go through all of them.
        _byName = watches.Of(Kinds.DdnsRecords).Cache.AddIndex(record => [Normal(record.Value.Spec.Fqdn)]);
        _byService = watches.Of(Kinds.DdnsRecords).Cache.AddIndex(record =>
            record.Value.Spec.Provider is { Kind: DnsProviderKind.Dyndns2 or DnsProviderKind.Rfc2136 } provider
                ? [Service(record.Metadata.Namespace, provider)]
                : []);
    }

    public async Task<string?> FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping)
    {
        var secret = await _secrets.FindAsync(new ObjectKey(ns, reference.Name), stopping);
        return secret?.Value.Find(reference.Key) is { } bytes ? Encoding.UTF8.GetString(bytes).Trim() : null;
    }

    public async Task<string?> FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping)
    {
        var map = await _client.GetAsync(BuiltIn.ConfigMaps, new ObjectKey(ns, reference.Name), stopping);
        return map?.Json is { } json && json.TryGetProperty("data", out var data)
            && data.TryGetProperty(reference.Key, out var value)
            ? value.GetString()
            : null;
    }

    public AddressSet NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) => new(
        _nodes.Cache.All()
            .Where(node =>
                selector.All(label => node.Metadata.Labels.GetValueOrDefault(label.Key) == label.Value) && IsReady(node))
            .SelectMany(node => Addresses(node, types)));

    public AddressSet ServiceAddresses(string ns, string name)
    {
        if (_services.Cache.Find(new ObjectKey(ns, name)) is not { } service ||
            !service.Json.TryGetProperty("status", out var status) || !status.TryGetProperty("loadBalancer", out var balancer) ||
            !balancer.TryGetProperty("ingress", out var ingress) || ingress.ValueKind != JsonValueKind.Array)
            return AddressSet.Empty;

        return AddressSet.Parse(ingress.EnumerateArray()
            .Select(entry => entry.TryGetProperty("ip", out var ip) ? ip.GetString() : null).OfType<string>());
    }

    public AddressSet GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady)
    {
        var gateways = _gateways.Cache.Find(new ObjectKey(ns, name))?.Value.Status?.Gateways ?? [];
        return new AddressSet(gateways.Where(gateway => gateway.Ready || !onlyReady).SelectMany(gateway =>
            gateway.Node is { } node && _nodes.Cache.Find(new ObjectKey("", node)) is { } found
            && Addresses(found, types).ToArray() is { Length: > 0 } known
                ? known
            : IPAddress.TryParse(gateway.Address, out var own) ? [own]
            : []));
    }

    public IReadOnlyList<ObjectKey> SiblingsOf(string ns, DnsProvider provider) =>
        [.. _byService.Find(Service(ns, provider)).Select(record => record.Key)];

    public IReadOnlyList<string> ClaimantsOf(string fqdn) =>
        [.. _byName.Find(Normal(fqdn))
            .Where(record => !record.Metadata.IsDeleting)
            .OrderBy(record => record.Metadata.CreationTimestamp).ThenBy(record => record.Metadata.Uid, StringComparer.Ordinal)
            .Select(record => record.Key.ToString())];

    private static string Service(string ns, DnsProvider provider) =>
        $"{ns} {JsonSerializer.Serialize(provider, ResourceJson.Info<DnsProvider>())}";

    /// <summary>Names differ neither by case nor by a dot at the end.</summary>
    private static string Normal(string fqdn) => fqdn.TrimEnd('.').ToLowerInvariant();

    private static IEnumerable<IPAddress> Addresses(KubeObject<Node> node, IReadOnlyList<NodeAddressType> types) =>
        types.Select(type => (node.Value.Status?.Addresses ?? []).Where(entry => entry.Type == type.ToString()).ToArray())
            .FirstOrDefault(entries => entries.Length > 0)?
            .Select(entry => IPAddress.TryParse(entry.Address, out var address) ? address : null).OfType<IPAddress>() ?? [];

    private static bool IsReady(KubeObject<Node> node) =>
        !node.Json.TryGetProperty("status", out var status) || !status.TryGetProperty("conditions", out var conditions)
        || conditions.EnumerateArray().All(condition =>
            condition.GetProperty("type").GetString() != "Ready" || condition.GetProperty("status").GetString() == "True");
}
