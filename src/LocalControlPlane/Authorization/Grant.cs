namespace LocalControlPlane.Authorization;

/// <summary>A binding, with the rules of the role that it names.</summary>
/// <param name="Name">For people: <c>RoleBinding "readers" of Role "reader"</c>.</param>
/// <param name="Namespace">Empty for everywhere.</param>
public sealed record Grant(string Name, string Namespace, IReadOnlyList<Subject> Subjects, IReadOnlyList<AccessRule> Rules);
