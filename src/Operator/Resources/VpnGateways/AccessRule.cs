using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>What some users may reach.</summary>
[Rule("!has(self.ports) || size(self.ports) == 0 || self.protocol == 'Tcp' || self.protocol == 'Udp'",
    "ports needs protocol Tcp or Udp: nothing else has ports")]
public sealed record AccessRule
{
    /// <summary>What happens to a packet that matches.</summary>
    public AccessVerdict Action { get; init; } = AccessVerdict.Allow;

    /// <summary>Groups the rule is for. Empty together with <c>users</c>: everyone.</summary>
    [MaxLength(64), UniqueItems, Form(TextForm.Line)]
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Users the rule is for.</summary>
    [MaxLength(64), UniqueItems, Form(TextForm.Line)]
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Destination networks; left out: any.</summary>
    [MaxLength(64), UniqueItems, Form(TextForm.Network)]
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Transport protocol.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Any;

    /// <summary>Destination ports, <c>443</c> or <c>8000-8100</c>; left out: any.</summary>
    [MaxLength(64), UniqueItems, Form(TextForm.Ports)]
    public IReadOnlyList<string> Ports { get; init; } = [];
}
