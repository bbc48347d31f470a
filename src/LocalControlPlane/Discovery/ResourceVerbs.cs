using LocalControlPlane.Resources;

namespace LocalControlPlane.Discovery;

/// <summary>What can be done with a resource and its subresources.</summary>
internal static class ResourceVerbs
{
    public static readonly IReadOnlyList<string> Main =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public static readonly IReadOnlyList<string> Part = ["get", "patch", "update"];

    /// <summary>The kinds that are asked, not kept; they can only be created.</summary>
    public static readonly IReadOnlyList<(string Group, string Plural, string Kind, bool IsNamespaced)> Reviews =
    [
        ("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", false),
        ("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false),
        ("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false),
    ];

    /// <summary>Name of the subresource, and the group, version and kind that it shows.</summary>
    public static IEnumerable<(string Name, string Group, string Version, string Kind, IReadOnlyList<string> Verbs)> Subresources(
        ResourceType type)
    {
        if (type.HasStatus) yield return ("status", type.Group, type.Version, type.Kind, Part);
        if (type.Scale is not null) yield return ("scale", "autoscaling", "v1", "Scale", Part);
        if (type == BuiltInTypes.ServiceAccount)
            yield return ("token", "authentication.k8s.io", "v1", "TokenRequest", ["create"]);
        if (type == BuiltInTypes.Pod) yield return ("log", type.Group, type.Version, type.Kind, ["get"]);
    }
}
