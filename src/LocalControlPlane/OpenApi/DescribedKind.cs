using LocalControlPlane.Schemas;

namespace LocalControlPlane.OpenApi;

/// <summary>One version of one kind, as the OpenAPI documents need it.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Plural">As in paths.</param>
/// <param name="IsCustom">There is no strategic merge patch of it; kubectl sends one wherever it is offered.</param>
public sealed record DescribedKind(
    string Group, string Version, string Kind, string Plural, bool IsNamespaced,
    bool HasStatus, bool HasScale, StructuralSchema Schema,
    bool IsCustom = false)
{
    /// <summary>Such as <c>apis/apps/v1</c> or <c>api/v1</c>: the document that it stands in.</summary>
    public string DocumentPath => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";

    /// <summary>Name of its schema: the group's labels in reverse, then version and kind.</summary>
    internal string SchemaName =>
        $"{(Group.Length == 0 ? "io.k8s.api.core" : string.Join('.', Group.Split('.').Reverse()))}.{Version}.{Kind}";
}
