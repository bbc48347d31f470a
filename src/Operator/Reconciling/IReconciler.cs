using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>What the operator does for one kind. One object is never with two passes at a time.</summary>
public interface IReconciler<T, TStatus>
    where T : notnull
    where TStatus : ResourceStatus
{
    /// <summary>Held on each object until <see cref="CleanUpAsync"/> is done;
    /// null when nothing outside the object must be undone.</summary>
    string? Finalizer { get; }

    /// <summary>One pass: gather, plan, apply. What is found goes into the status,
    /// which is written when it says something new.</summary>
    /// <remarks>
    /// A mistake in the resource is a condition in the status, or a <see cref="TerminalException"/>. When the world fails, let
    /// its exception go: the pass is repeated, later each time. Passes are repeated for many reasons,
    /// so each starts from what is there.
    /// </remarks>
    Task<Reconciled<TStatus>> ReconcileAsync(Pass<T> pass, CancellationToken stopping);

    /// <summary>Deletion was asked for: undo what is outside. Called again until it is done;
    /// children with an owner go by themselves.</summary>
    Task<CleanUp> CleanUpAsync(Pass<T> pass, CancellationToken stopping);

    /// <summary>The object is gone for good; let go of what is kept in memory for it.</summary>
    void Forget(KubeApi.Objects.ObjectKey key);
}
