namespace LocalControlPlane.Authorization;

/// <summary>What RBAC is asked about.</summary>
/// <param name="Verb">Such as get, list, deletecollection; for a path an HTTP method in lower case.</param>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">Plural; empty for a path that is no resource.</param>
/// <param name="Subresource">Empty for the object itself.</param>
/// <param name="Namespace">Empty for what has none, and for all namespaces.</param>
/// <param name="Name">Empty when the request is about a collection.</param>
public sealed record AccessRequest(string Verb, string Group, string Resource, string Subresource, string Namespace, string Name)
{
    /// <summary>A path that is no resource, such as <c>/metrics</c>; empty for resources.</summary>
    public string Path { get; init; } = "";

    public bool IsResource => Path.Length == 0;

    public static AccessRequest ToPath(string verb, string path) => new(verb, "", "", "", "", "") { Path = path };

    /// <summary>As rules name it: <c>pods/log</c>.</summary>
    public string Target => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>As a refusal says it, in the words of a real API server.</summary>
    public override string ToString() => IsResource
        ? $"cannot {Verb} resource \"{Target}\" in API group \"{Group}\" "
            + $"{(Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{Namespace}\"")}"
        : $"cannot {Verb} path \"{Path}\"";
}
