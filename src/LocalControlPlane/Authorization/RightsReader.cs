using System.Text.Json;
using LocalControlPlane.Authentication;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Authorization;

/// <summary>Reads roles and bindings as they are stored. Pure. A binding whose role is not there grants nothing yet.</summary>
internal static class RightsReader
{
    private const string Roles = "roles.rbac.authorization.k8s.io";
    private const string ClusterRoles = "clusterroles.rbac.authorization.k8s.io";
    private const string RoleBindings = "rolebindings.rbac.authorization.k8s.io";
    private const string ClusterRoleBindings = "clusterrolebindings.rbac.authorization.k8s.io";

    /// <summary>The resources that <see cref="Read"/> asks for.</summary>
    public static IReadOnlyList<string> Resources { get; } = [Roles, ClusterRoles, RoleBindings, ClusterRoleBindings];

    /// <param name="stored">The objects, by resource.</param>
    public static Rights Read(ILookup<string, StoredObject> stored)
    {
        var roles = stored[Roles].Concat(stored[ClusterRoles]).ToDictionary(
            role => (role.Text("kind") ?? "", role.Key.Namespace, role.Key.Name),
            role => Items(role.Root, "rules").Select(Rule).ToList());
        return new Rights([.. stored[RoleBindings].Concat(stored[ClusterRoleBindings]).Select(binding => Grant(binding, roles))]);
    }

    private static Grant Grant(StoredObject binding, Dictionary<(string, string, string), List<AccessRule>> roles)
    {
        var (kind, name) = (binding.Text("roleRef", "kind") ?? "", binding.Text("roleRef", "name") ?? "");
        var space = kind == "ClusterRole" ? "" : binding.Key.Namespace;
        return new Grant(
            $"{binding.Text("kind")} \"{binding.Key.Name}\" of {kind} \"{name}\"",
            binding.Key.Namespace,
            [.. Items(binding.Root, "subjects").Select(subject => Subject(subject, binding.Key.Namespace)).OfType<Subject>()],
            roles.GetValueOrDefault((kind, space, name)) ?? []);
    }

    private static Subject? Subject(JsonElement subject, string space)
    {
        var name = Text(subject, "name");
        return Text(subject, "kind") switch
        {
            "User" => new Subject(IsGroup: false, name),
            "Group" => new Subject(IsGroup: true, name),
            "ServiceAccount" => new Subject(
                IsGroup: false,
                Identity.OfServiceAccount(Text(subject, "namespace") is { Length: > 0 } given ? given : space, name).Name),
            _ => null,
        };
    }

    private static AccessRule Rule(JsonElement rule) => new(
        Words(rule, "verbs"), Words(rule, "apiGroups"), Words(rule, "resources"),
        Words(rule, "resourceNames"), Words(rule, "nonResourceURLs"));

    private static List<string> Words(JsonElement rule, string name) =>
        [.. Items(rule, name).Select(word => word.GetString() ?? "")];

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
