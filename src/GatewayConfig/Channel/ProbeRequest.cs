namespace GatewayConfig.Channel;

/// <summary>Asks a gateway to look at a host from where it stands.
/// It dials only what stands in its <see cref="ProbeTargets"/>.</summary>
public sealed record ProbeRequest
{
    /// <summary>A DNS name, which is also what TLS asks for, or an address.</summary>
    public string Host { get; init => field = value ?? ""; } = "";

    /// <summary>1 to 65535.</summary>
    public int Port { get; init => field = value == 0 ? 443 : value; } = 443;

    /// <summary>The address to dial in place of what <see cref="Host"/> resolves to;
    /// null asks the gateway's own resolver.</summary>
    public string? Address { get; init; }

    public ProbeDepth Depth { get; init; } = ProbeDepth.Sstp;

    /// <summary>For all steps together, 1 to 60.</summary>
    public int TimeoutSeconds { get; init => field = value == 0 ? 10 : value; } = 10;
}
