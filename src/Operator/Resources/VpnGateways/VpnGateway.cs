using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>SSTP gateways that serve one name: where they run, who may call, and what callers reach.</summary>
[ResourceKind("vpngateways", "vpngw")]
[PrinterColumn("Hostname", ".spec.hostname", Description = "The name that clients dial.")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status", Description = "Whether clients can call.")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Description = "Why, in one word.")]
[PrinterColumn("Gateways", ".status.summary", Description = "Gateways that serve, out of those wanted.")]
[PrinterColumn("Calls", ".status.calls", Type = "integer",
    Description = "Calls that are up on all gateways; the metrics have the live figure.")]
[PrinterColumn("Address", ".status.publishedAddresses", Wide = true, Description = "Addresses that the name has.")]
[PrinterColumn("Expires", ".status.certificateNotAfter", Wide = true,
    Description = "When the certificate that the gateways serve expires.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date", Description = "Time since creation.")]
[Rule("self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
    "metadata.name must be at most 40 lower-case letters, digits and '-', a letter first: other objects are named after it")]
[ScaleSubresource(".spec.workload.replicas", ".status.replicas", ".status.selector")]
public sealed record VpnGateway : Resource<VpnGatewaySpec, VpnGatewayStatus>
{
    public const string KindName = "VpnGateway";

    public override string Kind { get; init; } = KindName;
}
