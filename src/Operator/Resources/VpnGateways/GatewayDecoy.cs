using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>What visitors get who do not speak SSTP.</summary>
[Rule("has(self.backend) == (self.kind == 'Proxy')", "backend belongs to kind Proxy: give it exactly then")]
[Rule("has(self.configMapName) == (self.kind == 'Static')", "configMapName belongs to kind Static: give it exactly then")]
public sealed record GatewayDecoy
{
    /// <summary><c>NotFound</c>: 404 for everything. <c>Static</c>: the files of a ConfigMap.
    /// <c>Proxy</c>: another web server.</summary>
    public DecoyKindName Kind { get; init; } = DecoyKindName.NotFound;

    /// <summary>The Server field of the answers; empty sends none.</summary>
    [MaxLength(64), RegularExpression("^([!-~]([ -~]*[!-~])?)?$")]
    public string ServerHeader { get; init; } = "nginx";

    /// <summary>For <c>Static</c>: a ConfigMap of the same namespace, each key a file.</summary>
    [Form(TextForm.ObjectName)]
    public string? ConfigMapName { get; init; }

    /// <summary>For <c>Proxy</c>: http:// or https://, a host and perhaps a port, no path.</summary>
    [MaxLength(300), RegularExpression("^https?://[^/?#@ ]+/?$")]
    public string? Backend { get; init; }
}
