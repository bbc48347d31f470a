using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <param name="Revision">To start a watch from.</param>
/// <param name="Continue">Token of the next page; null on the last.</param>
/// <param name="Remaining">Objects of the pages to come; null when a selector makes it a guess.</param>
public sealed record ListPage(long Revision, IReadOnlyList<StoredObject> Objects, string? Continue, long? Remaining);
