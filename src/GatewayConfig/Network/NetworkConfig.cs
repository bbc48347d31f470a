namespace GatewayConfig.Network;

/// <summary>How packets go between clients and the inside network. Device, MTU and queues are fixed at start;
/// the rest follows a reload.</summary>
public sealed record NetworkConfig
{
    /// <summary>Name of the TUN device; 1 to 15 characters. Two gateways on one host need two names.</summary>
    public string Device { get; init; } = "sstp0";

    /// <summary>MTU inside the tunnel in bytes. Default 1400 as Windows uses;
    /// 1280 to 4087 (4095 less the SSTP and PPP headers).</summary>
    public int Mtu { get; init; } = 1400;

    /// <summary>Queues of the device; 0 means one a core. 0 to 64.</summary>
    public int Queues { get; init; }

    /// <summary>Rewrites client addresses to the host's on the way out. Off:
    /// the inside network needs a route to the pools.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>Clients cannot reach each other. Default on.</summary>
    public bool ClientIsolation { get; init; } = true;

    /// <summary>Turns on ip_forward at start. Off: the gateway only checks and says what is missing.</summary>
    public bool EnableForwarding { get; init; } = true;

    /// <summary>True: clients send everything through the tunnel. False: only <see cref="Routes"/>.</summary>
    public bool DefaultRoute { get; init; } = true;

    /// <summary>Networks in CIDR form that clients are told to reach through the tunnel. At most 256.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Checked in order, the first match decides; without a match a packet may pass. At most 1024.</summary>
    public IReadOnlyList<AccessRuleConfig> AccessRules { get; init; } = [];
}
