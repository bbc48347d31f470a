using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <param name="Stored">As stored; of a dry run, as it would be stored.</param>
/// <param name="Warnings">For the client's eyes.</param>
public sealed record WriteResult(StoredObject Stored, bool IsCreated, IReadOnlyList<string> Warnings);
