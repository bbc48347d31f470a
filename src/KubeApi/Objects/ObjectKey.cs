namespace KubeApi.Objects;

/// <summary>Names one object of a kind: what queues carry and caches are keyed by.</summary>
/// <param name="Namespace">Empty for a cluster-scoped kind.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>"namespace/name", as kubectl and log lines write it.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
