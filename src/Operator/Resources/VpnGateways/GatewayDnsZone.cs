using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>A zone that other servers answer for.</summary>
public sealed record GatewayDnsZone
{
    /// <summary>The name at and below which these servers are asked.</summary>
    [Required, Form(TextForm.DnsName)]
    public string Zone { get; init; } = "";

    /// <summary>An address or <c>address:port</c>, asked in this order.</summary>
    [Required, Length(1, 8), UniqueItems, Form(TextForm.Server)]
    public IReadOnlyList<string> Servers { get; init; } = [];
}
