using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>A taint of nodes that does not keep the gateways away.</summary>
[Rule("self.operator == 'Equal' || !has(self.value)", "value belongs to operator Equal: leave it out")]
public sealed record Toleration
{
    /// <summary>The taint's key; left out with <c>Exists</c>: every taint.</summary>
    [Form(TextForm.LabelKey)]
    public string? Key { get; init; }

    /// <summary>How <c>value</c> is compared.</summary>
    public TolerationOperator Operator { get; init; } = TolerationOperator.Equal;

    /// <summary>The taint's value.</summary>
    [Form(TextForm.LabelValue)]
    public string? Value { get; init; }

    /// <summary>The taint's effect; left out: every effect.</summary>
    public TaintEffect? Effect { get; init; }
}
