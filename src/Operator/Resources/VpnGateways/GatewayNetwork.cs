using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>How packets go between callers and the inside network.</summary>
public sealed record GatewayNetwork
{
    /// <summary>Name of the TUN device on the node. Two gateways on one node need two names.</summary>
    [Form(TextForm.Device)]
    public string Device { get; init; } = "sstp0";

    /// <summary>Bytes of an IP packet inside the tunnel. Windows uses 1400.</summary>
    [Range(1280, 4087)]
    public int Mtu { get; init; } = 1400;

    /// <summary>Queues of the device; 0 means one for each core.</summary>
    [Range(0, 64)]
    public int Queues { get; init; }

    /// <summary>Packets leave with the node's address. Off: the inside network needs a route to the pools,
    /// and there can be one gateway only.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>Callers cannot reach each other.</summary>
    public bool ClientIsolation { get; init; } = true;

    /// <summary>The gateway may turn on IP forwarding of the node. Off: it only checks, and says what is missing.</summary>
    public bool EnableForwarding { get; init; } = true;

    /// <summary>Callers send everything through the tunnel. Off: only <c>routes</c>.</summary>
    public bool DefaultRoute { get; init; } = true;

    /// <summary>Networks that callers are told to reach through the tunnel.</summary>
    [MaxLength(256), UniqueItems, Form(TextForm.Network)]
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Checked in order, the first match decides; a packet without a match may pass.</summary>
    [MaxLength(256)]
    public IReadOnlyList<AccessRule> AccessRules { get; init; } = [];
}
