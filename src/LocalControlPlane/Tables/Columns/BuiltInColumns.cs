using System.Text.Json.Nodes;
using static LocalControlPlane.Tables.Columns.Cells;

namespace LocalControlPlane.Tables.Columns;

/// <summary>The columns of built-in kinds, as a real server has them.</summary>
internal static class BuiltInColumns
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Func<TableColumn, IReadOnlyList<TableColumn>>> ByKind =
        new()
        {
            [("v1", "Pod")] = PodColumns.All,
            [("v1", "Event")] = EventColumns.All,
            [("events.k8s.io/v1", "Event")] = EventColumns.All,
            [("v1", "Node")] = NodeColumns.All,
            [("apps/v1", "Deployment")] = WorkloadColumns.Deployment,
            [("apps/v1", "DaemonSet")] = WorkloadColumns.DaemonSet,
            [("apps/v1", "ReplicaSet")] = WorkloadColumns.ReplicaSet,
            [("v1", "Namespace")] = name =>
                [name, Text("Status", "Active or Terminating.", o => TextAt(o, "status", "phase")), Age],
            [("v1", "Secret")] = name =>
            [
                name,
                Text("Type", "What the data is for.", o => TextAt(o, "type")),
                Number("Data", "Number of values.", o => CountAt(o, "data")),
                Age,
            ],
            [("v1", "ConfigMap")] = name =>
                [name, Number("Data", "Number of values.", o => CountAt(o, "data") + CountAt(o, "binaryData")), Age],
            [("v1", "ServiceAccount")] = name =>
                [name, Number("Secrets", "Number of secrets.", o => Each(o, "secrets").Count()), Age],
            [("v1", "Service")] = ServiceColumns,
            [("coordination.k8s.io/v1", "Lease")] = name =>
                [name, Text("Holder", "Who holds it.", o => TextAt(o, "spec", "holderIdentity")), Age],
            [("policy/v1", "PodDisruptionBudget")] = name =>
            [
                name,
                Text("Min Available", "Pods that must stay.", o => At(o, "spec", "minAvailable")?.ToString() ?? "N/A"),
                Text("Max Unavailable", "Pods that may be missing.", o => At(o, "spec", "maxUnavailable")?.ToString() ?? "N/A"),
                Number("Allowed Disruptions", "How many may go now.", o => NumberAt(o, "status", "disruptionsAllowed")),
                Age,
            ],
            [("rbac.authorization.k8s.io/v1", "Role")] = CreatedAt,
            [("rbac.authorization.k8s.io/v1", "ClusterRole")] = CreatedAt,
            [("apiextensions.k8s.io/v1", "CustomResourceDefinition")] = CreatedAt,
            [("rbac.authorization.k8s.io/v1", "RoleBinding")] = BindingColumns,
            [("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")] = BindingColumns,
        };

    public static Func<TableColumn, IReadOnlyList<TableColumn>>? Find(string apiVersion, string kind) =>
        ByKind.GetValueOrDefault((apiVersion, kind));

    private static long CountAt(JsonObject o, string field) => (o[field] as JsonObject)?.Count ?? 0;

    private static IReadOnlyList<TableColumn> CreatedAt(TableColumn name) =>
        [name, Text("Created At", "When it was made.", o => TextAt(o, "metadata", "creationTimestamp"))];

    private static IReadOnlyList<TableColumn> BindingColumns(TableColumn name) =>
    [
        name, Text("Role", "What is given.", o => $"{TextAt(o, "roleRef", "kind")}/{TextAt(o, "roleRef", "name")}"), Age,
    ];

    private static IReadOnlyList<TableColumn> ServiceColumns(TableColumn name) =>
    [
        name,
        Text("Type", "How it is reached.", o => TextAt(o, "spec", "type")),
        Text("Cluster-IP", "Its address.", o => TextAt(o, "spec", "clusterIP")),
        Text("External-IP", "Its addresses for the outside.", ExternalAddresses),
        Text("Port(s)", "Its ports.", o =>
            string.Join(',', Each(o, "spec", "ports").Select(Port)) is { Length: > 0 } ports ? ports : "<none>"),
        Age,
        Text("Selector", "The pods behind it.", o => Selector(At(o, "spec", "selector")), 1),
    ];

    private static string Port(JsonObject port) =>
        $"{NumberAt(port, "port")}{(NumberAt(port, "nodePort") is var node and not 0 ? $":{node}" : "")}/"
        + $"{TextAt(port, "protocol")}";

    private static string ExternalAddresses(JsonObject service)
    {
        var addresses = (At(service, "spec", "externalIPs") as JsonArray ?? []).Select(address => address?.ToString() ?? "")
            .Concat(Each(service, "status", "loadBalancer", "ingress")
                .Select(ingress => TextAt(ingress, ingress.ContainsKey("ip") ? "ip" : "hostname")));
        if (string.Join(',', addresses) is { Length: > 0 } text) return text;
        return TextAt(service, "spec", "type") switch
        {
            "LoadBalancer" => "<pending>",
            "ExternalName" => TextAt(service, "spec", "externalName"),
            _ => "<none>",
        };
    }
}
