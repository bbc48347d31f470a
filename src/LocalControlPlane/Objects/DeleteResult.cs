using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <param name="Stored">Its last state.</param>
/// <param name="IsGone">False while finalizers, or a pod's grace period, hold it.</param>
public sealed record DeleteResult(StoredObject Stored, bool IsGone);
