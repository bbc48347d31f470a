namespace KubeApi.Objects;

/// <summary>A kind as the API server serves it: where its objects are found and what they call themselves.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Plural">Lower case, as in the path: "vpngateways".</param>
/// <param name="Kind">As in manifests: "VpnGateway".</param>
public record ResourceType(string Group, string Version, string Plural, string Kind, bool IsNamespaced = true)
{
    /// <summary>"v1" or "apps/v1".</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>"vpngateways.vpn.example": how RBAC rules, messages and metrics name it.</summary>
    public string FullName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Path of all objects.</summary>
    /// <param name="scope">A namespace; null or empty for every namespace.</param>
    public string CollectionPath(string? scope)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        return IsNamespaced && !string.IsNullOrEmpty(scope)
            ? $"{root}/namespaces/{Uri.EscapeDataString(scope)}/{Plural}"
            : $"{root}/{Plural}";
    }

    /// <summary>Path of one object.</summary>
    /// <param name="subresource">Such as "status"; null for the object itself.</param>
    public string ObjectPath(ObjectKey key, string? subresource = null)
    {
        if (IsNamespaced && key.Namespace.Length == 0)
            throw new ArgumentException($"A {Kind} needs a namespace; {key} has none.", nameof(key));

        var path = $"{CollectionPath(key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }
}
