using KubeApi.Objects;

namespace KubeApi.Watching;

/// <summary>What happened to one object in a cache.</summary>
/// <param name="Current">As it is now; with Deleted as it was last.</param>
/// <param name="Before">As it was before; null with Added.</param>
public sealed record CacheChange<T>(CacheChangeKind Kind, KubeObject<T> Current, KubeObject<T>? Before)
    where T : notnull;
