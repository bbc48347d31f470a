namespace LocalControlPlane.Resources;

/// <summary>The built-in kinds that the operator writes, that the runner keeps, or that kubectl asks for beside them.</summary>
internal static class BuiltInTypes
{
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";

    public static readonly ResourceType Namespace =
        Core("Namespace", "namespaces", ["ns"], namespaced: false) with { HasStatus = true };

    public static readonly ResourceType CustomResourceDefinition = Of(
        "apiextensions.k8s.io", "v1", "CustomResourceDefinition",
        "customresourcedefinitions", ["crd", "crds"], namespaced: false) with
    {
        HasStatus = true, CountsGenerations = true, Categories = ["api-extensions"],
    };

    /// <summary>What is stored for both APIs of events.</summary>
    public static readonly ResourceType CoreEvent = Core("Event", "events", ["ev"]);

    public static readonly ResourceType Event = Of("events.k8s.io", "v1", "Event", "events", ["ev"]) with
    {
        StorageName = CoreEvent.StorageName, IsView = true,
    };

    public static readonly ResourceType Pod =
        Core("Pod", "pods", ["po"]) with { HasStatus = true, CountsGenerations = true, Categories = ["all"] };

    public static readonly ResourceType ServiceAccount = Core("ServiceAccount", "serviceaccounts", ["sa"]);

    public static IReadOnlyList<ResourceType> All { get; } =
    [
        Namespace,
        CustomResourceDefinition,
        CoreEvent,
        Event,
        Pod,
        Core("ConfigMap", "configmaps", ["cm"]),
        Core("Secret", "secrets", []),
        Core("Service", "services", ["svc"]) with { HasStatus = true, Categories = ["all"] },
        ServiceAccount,
        Core("Endpoints", "endpoints", ["ep"]) with { Singular = "endpoints" },
        Core("Node", "nodes", ["no"], namespaced: false) with { HasStatus = true },
        Workload("Deployment", "deployments", ["deploy"]) with { Scale = Replicas },
        Workload("ReplicaSet", "replicasets", ["rs"]) with { Scale = Replicas },
        Workload("DaemonSet", "daemonsets", ["ds"]),
        Of("coordination.k8s.io", "v1", "Lease", "leases", []),
        Of("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", ["pdb"]) with
        {
            HasStatus = true, CountsGenerations = true,
        },
        Of("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", ["netpol"]) with { CountsGenerations = true },
        Of("rbac.authorization.k8s.io", "v1", "Role", "roles", []),
        Of("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", []),
        Of("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", [], namespaced: false),
        Of("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", [], namespaced: false),
        Of("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", ["pc"], namespaced: false),
        Of("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", []),
    ];

    private static ScalePaths Replicas => new(["spec", "replicas"], ["status", "replicas"], null);

    private static ResourceType Core(string kind, string plural, string[] shortNames, bool namespaced = true) =>
        Of("", "v1", kind, plural, shortNames, namespaced);

    private static ResourceType Workload(string kind, string plural, string[] shortNames) =>
        Of("apps", "v1", kind, plural, shortNames) with
        {
            HasStatus = true, CountsGenerations = true, Categories = ["all"],
        };

    private static ResourceType Of(
        string group, string version, string kind, string plural, string[] shortNames, bool namespaced = true) => new()
    {
        Group = group,
        Version = version,
        Kind = kind,
        ListKind = kind + "List",
        Plural = plural,
        Singular = kind.ToLowerInvariant(),
        IsNamespaced = namespaced,
        ShortNames = shortNames,
        StorageName = group.Length == 0 ? plural : $"{plural}.{group}",
    };
}
