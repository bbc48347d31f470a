namespace Operator.Gateways.Planning;

/// <summary>Something a person should hear of.</summary>
/// <param name="IsWarning">Whether somebody may have to act.</param>
/// <param name="Reason">One stable word.</param>
/// <param name="Note">What happened and what to do.</param>
public sealed record PlannedEvent(bool IsWarning, string Reason, string Note);
