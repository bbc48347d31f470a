namespace KubeApi.Objects;

/// <summary>A core/v1 ConfigMap, its text part.</summary>
public sealed record ConfigMap(IReadOnlyDictionary<string, string>? Data);
