using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A look from outside, since one from inside is falsified by the router in between.</summary>
[Rule("(has(self.vantages) && size(self.vantages) > 0) || (has(self.peers) && size(self.peers) > 0)",
    "give vantages or peers: somebody outside must look")]
public sealed record ReachabilityCheck
{
    /// <summary>TCP port that must answer.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

    /// <summary>VpnGateways of the same namespace, at other sites, that look.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.ObjectName)]
    public IReadOnlyList<string> Vantages { get; init; } = [];

    /// <summary>Operators elsewhere that look.</summary>
    [KeyedBy("url"), MaxLength(8)]
    public IReadOnlyList<PeerOperator> Peers { get; init; } = [];

    /// <summary>Time between two looks.</summary>
    [DurationBounds("30s", "24h")]
    public GoDuration Interval { get; init; } = new("5m");
}
