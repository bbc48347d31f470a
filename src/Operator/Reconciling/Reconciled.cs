using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>The outcome of a pass.</summary>
/// <param name="Status">All of it, each time. Times and generations of conditions, observedGeneration and handledReconcileAt
/// are filled in by whoever writes it.</param>
/// <param name="Again">When to look again although nothing changed; null for when something does.</param>
public sealed record Reconciled<TStatus>(TStatus Status, TimeSpan? Again = null)
    where TStatus : ResourceStatus
{
    /// <summary>The pass has something to say, but later: nothing is written now.</summary>
    public bool IsUnwritten { get; init; }
}
