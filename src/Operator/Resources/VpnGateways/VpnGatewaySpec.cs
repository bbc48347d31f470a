using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>What the gateways are to do.</summary>
[Rule("!has(self.publication) || has(self.hostname)",
    "publication needs hostname: give the name that is to be published")]
[Rule("!has(self.certificate) || !has(self.certificate.template) || has(self.hostname)",
    "certificate.template needs hostname: give the name that the certificate is for")]
[Rule("self.network.masquerade || (self.workload.kind == 'Deployment' && self.workload.replicas <= 1)",
    "network.masquerade: false needs workload.kind: Deployment with replicas: "
    + "1, for the inside network can route a pool to one gateway only")]
[Rule(
    "self.listening.httpPort != self.listening.port && self.listening.httpPort != self.administration.channelPort && "
    + "self.listening.httpPort != self.administration.probePort",
    "listening.httpPort is the port of something else: give another one, or 0 for none")]
[Rule(
    "self.listening.port != self.administration.channelPort && self.listening.port != self.administration.probePort && "
    + "self.administration.channelPort != self.administration.probePort",
    "listening.port, administration.channelPort and administration.probePort share the node's addresses: "
    + "give three different ports")]
public sealed record VpnGatewaySpec
{
    /// <summary>The DNS name that clients dial. The certificate must cover it.
    /// Leave it out only when clients dial addresses.</summary>
    [Form(TextForm.HostName)]
    public string? Hostname { get; init; }

    /// <summary>Where and how many gateways run.</summary>
    public GatewayWorkload Workload { get; init; } = new();

    /// <summary>Where calls come in.</summary>
    public GatewayListening Listening { get; init; } = new();

    /// <summary>Where the certificate comes from. Without one the gateways show a placeholder and refuse calls.</summary>
    public GatewayCertificate? Certificate { get; init; }

    /// <summary>TLS of the listener.</summary>
    public GatewayTls Tls { get; init; } = new();

    /// <summary>The DNS record that leads to the gateways. Left out: you keep the name up to date yourself,
    /// and <c>DnsReady</c> only watches.</summary>
    public GatewayPublication? Publication { get; init; }

    /// <summary>What visitors get who do not speak SSTP.</summary>
    public GatewayDecoy Decoy { get; init; } = new();

    /// <summary>The addresses that callers get.</summary>
    public GatewayAddressing Addressing { get; init; } = new();

    /// <summary>How packets go between callers and the inside network.</summary>
    public GatewayNetwork Network { get; init; } = new();

    /// <summary>How callers resolve names.</summary>
    public GatewayDns Dns { get; init; } = new();

    /// <summary>How users prove who they are.</summary>
    public GatewayAuthentication Authentication { get; init; } = new();

    /// <summary>What one gateway takes on at most.</summary>
    public GatewayLimits Limits { get; init; } = new();

    /// <summary>The ports for the operator and for probes. Two gateways on one node need different ones.</summary>
    public GatewayAdministration Administration { get; init; } = new();

    /// <summary>How long calls may go on after a gateway was told to stop, before they are told to go.</summary>
    [DurationBounds("0s", "24h")]
    public GoDuration DrainTime { get; init; } = new("30s");
}
