using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>How callers resolve names.</summary>
[Rule("self.forwarder || !has(self.zones) || size(self.zones) == 0",
    "zones needs forwarder: true; without the forwarder nobody picks the server by zone")]
public sealed record GatewayDns
{
    /// <summary>Callers are given the gateway's inside address, where a forwarder answers.
    /// Off: they are given <c>servers</c>.</summary>
    public bool Forwarder { get; init; } = true;

    /// <summary>Servers for everything that no zone takes: an address, with the forwarder also <c>address:port</c>.
    /// Left out with the forwarder: those of the node's resolv.conf.</summary>
    [MaxLength(8), UniqueItems, Form(TextForm.Server)]
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Zones with servers of their own.</summary>
    [MaxLength(256), KeyedBy("zone")]
    public IReadOnlyList<GatewayDnsZone> Zones { get; init; } = [];

    /// <summary>Suffixes that callers are told; the first is the connection's own.</summary>
    [MaxLength(6), UniqueItems, Form(TextForm.DnsName)]
    public IReadOnlyList<string> SearchDomains { get; init; } = [];
}
