namespace Operator.Resources;

/// <summary>Condition types that every kind has. <c>Reconciling</c> and <c>Stalled</c> are kstatus'
/// and true only when something is not normal.</summary>
public static class ConditionTypes
{
    /// <summary>The one to wait for.</summary>
    public const string Ready = "Ready";

    /// <summary>The operator is still at it; waiting makes sense.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Nothing more happens until a person acts; the message says what to do.</summary>
    public const string Stalled = "Stalled";
}
