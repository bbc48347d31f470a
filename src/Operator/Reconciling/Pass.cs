using KubeApi.Objects;

namespace Operator.Reconciling;

/// <summary>What one pass is about.</summary>
/// <param name="Resource">As it is stored, including all that earlier passes wrote into its status.</param>
/// <param name="IsPaused">The user wants nothing changed: find out, report, and keep your hands off.</param>
/// <param name="IsRequested">The user asked for a pass now (annotation reconcile-at): do also what would not be due yet.</param>
/// <param name="Failures">Passes that failed since the last one that did not.</param>
public sealed record Pass<T>(KubeObject<T> Resource, bool IsPaused, bool IsRequested, int Failures)
    where T : notnull;
