using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>The DNS record that leads to the gateways: one of the two.</summary>
[Rule("has(self.recordName) != has(self.template)", "give exactly one of recordName and template")]
public sealed record GatewayPublication
{
    /// <summary>A DdnsRecord of the same namespace.</summary>
    [Form(TextForm.ObjectName)]
    public string? RecordName { get; init; }

    /// <summary>A DdnsRecord to make for <c>hostname</c>; it has this gateway's name and is deleted with it.</summary>
    public RecordTemplate? Template { get; init; }
}
