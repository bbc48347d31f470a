using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>How far the cleaning up after a deleted object is.</summary>
public readonly record struct CleanUp
{
    /// <summary>Nothing is left outside; the object may go.</summary>
    public static CleanUp Done { get; } = new() { IsDone = true };

    public bool IsDone { get; private init; }

    /// <summary>When to look again.</summary>
    public TimeSpan Again { get; private init; }

    /// <summary>What is waited for, for the log.</summary>
    public string? Waiting { get; private init; }

    /// <summary>What the object says of itself meanwhile, all of it; null leaves what it says.</summary>
    public ResourceStatus? Status { get; private init; }

    /// <param name="again">When to look again.</param>
    /// <param name="waiting">Completes the sentence "Deletion waits for ...".</param>
    public static CleanUp Later(TimeSpan again, string waiting, ResourceStatus? status = null) =>
        new() { Again = again, Waiting = waiting, Status = status };
}
