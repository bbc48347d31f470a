using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>The addresses that callers get. Pools may change while calls are up; calls keep what they have.</summary>
public sealed record GatewayAddressing
{
    /// <summary>IPv4 networks, used in this order. The first usable address of the first one is the gateway's own.</summary>
    [Length(1, 64), UniqueItems, Form(TextForm.Network4)]
    public IReadOnlyList<string> Pools4 { get; init; } = ["10.254.0.0/22"];

    /// <summary>IPv6 networks of /64 or wider; each call gets a /64, the first /64 is the gateway's.
    /// Left out: no IPv6 in the tunnel.</summary>
    [MaxLength(16), UniqueItems, Form(TextForm.Network6)]
    public IReadOnlyList<string> Pools6 { get; init; } = [];

    /// <summary>How long an address stays reserved for the user who had it.</summary>
    [DurationBounds("0s", "8760h")]
    public GoDuration LeaseMemory { get; init; } = new("24h");
}
