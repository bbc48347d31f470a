using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>Where and how many gateways run. They share the node's network,
/// so no two with the same ports fit on one node.</summary>
[Rule("self.kind == 'Deployment' || self.replicas == 1",
    "replicas belongs to kind Deployment: leave it out, a DaemonSet runs one gateway on every node that nodeSelector picks")]
public sealed record GatewayWorkload
{
    /// <summary><c>Deployment</c>: a number of gateways on any nodes. <c>DaemonSet</c>:
    /// one on every node that <c>nodeSelector</c> picks.</summary>
    public WorkloadKind Kind { get; init; } = WorkloadKind.Deployment;

    /// <summary>Gateways of a Deployment. 0 stops them all and keeps everything else.</summary>
    [Range(0, 100)]
    public int Replicas { get; init; } = 1;

    /// <summary>Labels that a node must have.</summary>
    [MapBounds(32, TextForm.LabelKey, TextForm.LabelValue)]
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>Taints of nodes that do not keep the gateways away.</summary>
    [MaxLength(32)]
    public IReadOnlyList<Toleration> Tolerations { get; init; } = [];

    /// <summary>Whether gateways of one Deployment keep away from each other's nodes. <c>Required</c> leaves one pending when
    /// nodes run out; <c>None</c> needs no second node, and no second gateway fits on one.</summary>
    public NodeSpread Spread { get; init; } = NodeSpread.Required;

    /// <summary>The pods' priority class, so that other work makes way for them.</summary>
    [Form(TextForm.ObjectName)]
    public string? PriorityClassName { get; init; }

    /// <summary>CPU and memory. Left out: 50m and 96Mi are requested and nothing is limited,
    /// for a CPU limit is felt in every call.</summary>
    public ResourceQuantities? Resources { get; init; }

    /// <summary>The gateway's image. Left out: the one that came with the operator.</summary>
    [Length(1, 512), Form(TextForm.Line)]
    public string? Image { get; init; }

    /// <summary>Secrets with the log-in to the image's registry.</summary>
    [KeyedBy("name"), MaxLength(8)]
    public IReadOnlyList<SecretReference> ImagePullSecrets { get; init; } = [];

    /// <summary>Folder of the node where a gateway keeps who had which address. Left out:
    /// that is forgotten when the pod moves or is replaced.</summary>
    [Length(2, 255), RegularExpression("^/[^\\x00]+$")]
    public string? StateFolder { get; init; }
}
