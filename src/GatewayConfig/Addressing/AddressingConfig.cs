namespace GatewayConfig.Addressing;

/// <summary>The addresses clients get. Pools may grow or shrink on a reload; calls keep what they have.</summary>
public sealed record AddressingConfig
{
    /// <summary>IPv4 ranges in CIDR form, in order of use. The first usable address of the first one is the gateway's own.
    /// 1 to 64; at most 2^20 addresses in all.</summary>
    public IReadOnlyList<string> Pools4 { get; init; } = ["10.254.0.0/22"];

    /// <summary>IPv6 ranges of /64 or wider; each call gets a /64 of its own. The first /64 is the gateway's.
    /// Empty: no IPv6 in the tunnel. At most 16.</summary>
    public IReadOnlyList<string> Pools6 { get; init; } = [];

    /// <summary>Stands for <c>leases.json</c> in the folder of <c>--state</c>,
    /// which is here unless somebody says otherwise.</summary>
    public const string DefaultLeaseFile = "/var/lib/sstp-gateway/leases.json";

    /// <summary>Where leases are kept so that a user gets the same address after a restart;
    /// null keeps them in memory only.</summary>
    public string? LeaseFile { get; init; } = DefaultLeaseFile;

    /// <summary>How long an address stays reserved for the user who had it. Default 24 h; 0 s to 365 days.</summary>
    public TimeSpan LeaseMemory { get; init; } = TimeSpan.FromHours(24);
}
