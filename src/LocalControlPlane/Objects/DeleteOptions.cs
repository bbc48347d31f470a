namespace LocalControlPlane.Objects;

/// <param name="Uid">The deletion is for this object and for no successor of its name; null for any.</param>
/// <param name="Revision">The deletion is for this state only; null for any.</param>
/// <param name="GraceSeconds">Pods only; null for the pod's own period.</param>
public sealed record DeleteOptions(
    DeletePolicy? Policy = null, string? Uid = null, string? Revision = null, long? GraceSeconds = null, bool IsDryRun = false);
