using KubeApi.Objects;

namespace KubeApi.Client;

/// <summary>Objects of one kind, all of one moment.</summary>
/// <param name="ResourceVersion">Of the list: where a watch goes on.</param>
public sealed record KubeList<T>(string ResourceVersion, IReadOnlyList<KubeObject<T>> Items)
    where T : notnull;
