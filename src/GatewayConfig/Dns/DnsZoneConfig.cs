namespace GatewayConfig.Dns;

/// <summary>A zone that other servers than the default ones answer for.</summary>
public sealed record DnsZoneConfig
{
    /// <summary>The name at and below which the servers are asked, e.g. "corp.example".</summary>
    public string Zone { get; init; } = "";

    /// <summary>"address" or "address:port", asked in order. 1 to 8.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];
}
