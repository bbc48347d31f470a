using KubeApi.Objects;
using KubeApi.Watching;
using Operator.Gateways.Planning;
using Operator.Gateways.Planning.Status;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>What is watched for gateways.</summary>
internal sealed class GatewayCaches
{
    private readonly CacheIndex<Pod> _podsByGateway;
    private readonly CacheIndex<SstpCertificate> _answersHttp;
    private readonly IReadOnlyList<IOwnedCache> _owned;

    public GatewayCaches(Watches watches, SecretStore secrets)
    {
        Gateways = watches.Of(Kinds.VpnGateways);
        Nodes = watches.Of(BuiltIn.Nodes);
        Pods = watches.Of(BuiltIn.Pods, GatewayNames.GatewayLabel);
        _podsByGateway = Pods.Cache.AddIndex(pod => [GatewayOf(pod).ToString()]);
        Records = new OwnedCache<DdnsRecord>(watches.Of(Kinds.DdnsRecords));
        Certificates = new OwnedCache<SstpCertificate>(watches.Of(Kinds.SstpCertificates));
        _answersHttp = Certificates.Cache.AddReferenceIndex(certificate => PlainHttp.GatewaysOf(certificate.Value.Spec.Issuer));
        Deployments = Labelled(watches, BuiltIn.Deployments);
        DaemonSets = Labelled(watches, BuiltIn.DaemonSets);
        _owned =
        [
            Records, Certificates, Deployments, DaemonSets,
            new OwnedCache<Secret>(secrets.Watched), Labelled(watches, BuiltIn.ConfigMaps),
            Labelled(watches, BuiltIn.ServiceAccounts), Labelled(watches, BuiltIn.Services),
            Labelled(watches, BuiltIn.PodDisruptionBudgets),
        ];
    }

    public Watched<VpnGateway> Gateways { get; }

    public Watched<Node> Nodes { get; }

    public Watched<Pod> Pods { get; }

    public OwnedCache<DdnsRecord> Records { get; }

    public OwnedCache<SstpCertificate> Certificates { get; }

    public OwnedCache<System.Text.Json.JsonElement> Deployments { get; }

    public OwnedCache<System.Text.Json.JsonElement> DaemonSets { get; }

    /// <summary>The gateway that a pod belongs to, by its label.</summary>
    public static ObjectKey GatewayOf(KubeObject<Pod> pod) =>
        new(pod.Metadata.Namespace, pod.Metadata.Labels.GetValueOrDefault(GatewayNames.GatewayLabel) ?? "");

    public IReadOnlyList<KubeObject<Pod>> PodsOf(ObjectKey gateway) =>
        [.. _podsByGateway.Find(gateway.ToString()).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>Whether a certificate has this gateway answer over plain HTTP.</summary>
    public bool AnswersHttp(string gateway) => _answersHttp.Find(gateway).Count > 0;

    /// <summary>Everything that a gateway owns as its controller.</summary>
    public IEnumerable<(ResourceType Type, KubeObject Found)> OwnedBy(string uid) =>
        _owned.SelectMany(cache => cache.OwnedBy(uid).Select(found => (cache.Type, found)));

    public KubeObject? Find(ResourceType type, ObjectKey key) =>
        _owned.First(cache => cache.Type.FullName == type.FullName).Find(key);

    private static OwnedCache<T> Labelled<T>(Watches watches, ResourceType<T> type)
        where T : notnull => new(watches.Of(type, GatewayNames.GatewayLabel));
}
