namespace KubeApi.Objects;

/// <summary>A core/v1 Secret.</summary>
/// <param name="Type">Such as "kubernetes.io/tls".</param>
/// <param name="Data">Decoded. Values are secret: never log them.</param>
public sealed record Secret(string? Type, IReadOnlyDictionary<string, byte[]>? Data)
{
    /// <summary>The bytes under a key; null when there is none.</summary>
    public byte[]? Find(string key) => Data is not null && Data.TryGetValue(key, out var value) ? value : null;

    /// <summary>Keeps the values out of messages and logs.</summary>
    public override string ToString() => $"Secret with {Data?.Count ?? 0} keys";
}
