namespace Operator.Gateways.Desk;

/// <summary>What a person asks of the live gateways, as it is put into the desk Secret. Exactly one of the two is set.</summary>
public sealed record DeskRequest
{
    /// <summary>Which calls to show.</summary>
    public CallFilter? List { get; init; }

    /// <summary>Which calls to end: 1 to <see cref="DeskFormat.MaxCallsToEnd"/>.</summary>
    public IReadOnlyList<CallReference>? End { get; init; }
}
