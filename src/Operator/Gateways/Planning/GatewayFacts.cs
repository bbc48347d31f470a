using KubeApi.Objects;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning;

/// <summary>Everything that is decided from about one VpnGateway. The gatherer reads it, from caches and over the channel;
/// nothing in it is a wish.</summary>
/// <remarks>Objects are as the API server has them: taking them apart is part of the decision,
/// so that it can be tested with real ones.</remarks>
public sealed record GatewayFacts
{
    public required VpnGateway Gateway { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required GatewaySettings Settings { get; init; }

    /// <summary>The Secret that <c>authentication.usersSecret</c> names; null when there is none.</summary>
    public KubeObject<Secret>? Users { get; init; }

    /// <summary>The SstpCertificate that <c>certificate.certificateName</c> names, or the one made from the template.</summary>
    public SstpCertificate? Certificate { get; init; }

    /// <summary>The TLS Secret that the gateways mount: <see cref="GatewayNames.TlsSecret"/> says which.</summary>
    public KubeObject<Secret>? TlsSecret { get; init; }

    /// <summary>The DdnsRecord that <c>publication.recordName</c> names, or the one made from the template.</summary>
    public DdnsRecord? Record { get; init; }

    /// <summary>The Secret <see cref="GatewayNames.Config"/> as it is now: it holds the revision to go on from.</summary>
    public KubeObject<Secret>? Config { get; init; }

    /// <summary>Objects that this gateway owns (by controller reference) among the kinds that a plan may hold:
    /// what is left over is deleted.</summary>
    public IReadOnlyList<OwnedObject> Owned { get; init; } = [];

    /// <summary>The Deployment or DaemonSet <see cref="GatewayNames.Workload"/>; null when there is none.</summary>
    public KubeObject? Workload { get; init; }

    /// <summary>Pods with the labels <see cref="GatewayNames.Selector"/>.</summary>
    public IReadOnlyList<KubeObject<Pod>> Pods { get; init; } = [];

    /// <summary>All nodes.</summary>
    public IReadOnlyList<KubeObject<Node>> Nodes { get; init; } = [];

    /// <summary>Events of type Warning about the workload, its ReplicaSets and its pods (core/v1), the newest last.</summary>
    public IReadOnlyList<KubeObject> Warnings { get; init; } = [];

    /// <summary>What each gateway says of itself, by pod; a pod that was not asked is not in it.</summary>
    public IReadOnlyDictionary<string, GatewayReport> Reports { get; init; } = new Dictionary<string, GatewayReport>();

    /// <summary>All VpnGateways of all namespaces that this operator watches; this one may be among them.</summary>
    public IReadOnlyList<VpnGateway> Others { get; init; } = [];

    /// <summary>Those of <see cref="Others"/> ("namespace/name") that an SstpCertificate
    /// has answer at <c>listening.httpPort</c>.</summary>
    public IReadOnlySet<string> AnsweringHttp { get; init; } = new HashSet<string>();
}
