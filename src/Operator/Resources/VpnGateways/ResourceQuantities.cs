using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>CPU and memory of one gateway.</summary>
public sealed record ResourceQuantities
{
    /// <summary>What the scheduler sets aside, by resource: <c>cpu</c>, <c>memory</c>.</summary>
    [MapBounds(8, TextForm.LabelKey, TextForm.Quantity)]
    public IReadOnlyDictionary<string, string> Requests { get; init; } = new Dictionary<string, string>();

    /// <summary>What the node enforces, by resource.</summary>
    [MapBounds(8, TextForm.LabelKey, TextForm.Quantity)]
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>();
}
