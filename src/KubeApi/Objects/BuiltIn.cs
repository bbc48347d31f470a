using System.Text.Json;
using KubeApi.Leases;

namespace KubeApi.Objects;

/// <summary>Kinds that every cluster has. Those that are only written are read as plain JSON.</summary>
public static class BuiltIn
{
    public static ResourceType<Secret> Secrets { get; } = new("", "v1", "secrets", "Secret", KubeJson.Default.Secret);
    public static ResourceType<ConfigMap> ConfigMaps { get; } =
        new("", "v1", "configmaps", "ConfigMap", KubeJson.Default.ConfigMap);
    public static ResourceType<Pod> Pods { get; } = new("", "v1", "pods", "Pod", KubeJson.Default.Pod);
    public static ResourceType<Node> Nodes { get; } = new("", "v1", "nodes", "Node", KubeJson.Default.Node, IsNamespaced: false);
    public static ResourceType<Lease> Leases { get; } =
        new("coordination.k8s.io", "v1", "leases", "Lease", KubeJson.Default.Lease);
    public static ResourceType<JsonElement> Services { get; } = Plain("", "v1", "services", "Service");
    public static ResourceType<JsonElement> ServiceAccounts { get; } = Plain("", "v1", "serviceaccounts", "ServiceAccount");
    public static ResourceType<JsonElement> Deployments { get; } = Plain("apps", "v1", "deployments", "Deployment");
    public static ResourceType<JsonElement> DaemonSets { get; } = Plain("apps", "v1", "daemonsets", "DaemonSet");
    public static ResourceType<JsonElement> PodDisruptionBudgets { get; } =
        Plain("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
    public static ResourceType<JsonElement> NetworkPolicies { get; } =
        Plain("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");
    public static ResourceType<JsonElement> Roles { get; } = Plain("rbac.authorization.k8s.io", "v1", "roles", "Role");
    public static ResourceType<JsonElement> RoleBindings { get; } =
        Plain("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    public static ResourceType<JsonElement> Events { get; } = Plain("events.k8s.io", "v1", "events", "Event");
    public static ResourceType<JsonElement> Namespaces { get; } =
        new("", "v1", "namespaces", "Namespace", KubeJson.Default.JsonElement, IsNamespaced: false);

    /// <summary>Any kind, read as plain JSON.</summary>
    public static ResourceType<JsonElement> Plain(ResourceType type) =>
        new(type.Group, type.Version, type.Plural, type.Kind, KubeJson.Default.JsonElement, type.IsNamespaced);

    private static ResourceType<JsonElement> Plain(string group, string version, string plural, string kind) =>
        new(group, version, plural, kind, KubeJson.Default.JsonElement);
}
