using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>The ports for the operator and for probes. They are the node's own.</summary>
public sealed record GatewayAdministration
{
    /// <summary>Address of the node for the operator's channel; <c>0.0.0.0</c>
    /// for all of IPv4, <c>::</c> for all of IPv6.</summary>
    [Form(TextForm.Address)]
    public string ChannelAddress { get; init; } = "0.0.0.0";

    /// <summary>TCP port of the operator's channel (mutual TLS), which also serves metrics.</summary>
    [Range(1, 65535)]
    public int ChannelPort { get; init; } = 9481;

    /// <summary>TCP port on loopback for the kubelet's probes.</summary>
    [Range(1, 65535)]
    public int ProbePort { get; init; } = 9480;
}
