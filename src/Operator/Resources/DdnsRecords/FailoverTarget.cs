using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>One thing that can be published: addresses, or a VpnGateway.</summary>
[Rule("has(self.addresses) != has(self.vpnGatewayName)", "give exactly one of addresses and vpnGatewayName")]
public sealed record FailoverTarget
{
    /// <summary>What it is called in status and events.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary>The lowest is published first.</summary>
    [Range(0, 1000)]
    public int Priority { get; init; } = 100;

    /// <summary>Its addresses.</summary>
    [UniqueItems, Length(1, 16), Form(TextForm.Address)]
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>A VpnGateway of the same namespace; its nodes are checked one by one.</summary>
    [Form(TextForm.ObjectName)]
    public string? VpnGatewayName { get; init; }
}
