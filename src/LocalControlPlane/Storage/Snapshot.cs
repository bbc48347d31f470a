namespace LocalControlPlane.Storage;

/// <summary>All objects of one resource at one moment.</summary>
/// <param name="Revision">The store's counter at that moment: the list's resourceVersion.</param>
public sealed record Snapshot(long Revision, IReadOnlyCollection<StoredObject> Objects);
