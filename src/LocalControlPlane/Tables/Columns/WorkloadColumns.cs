using System.Text.Json.Nodes;
using static LocalControlPlane.Tables.Columns.Cells;

namespace LocalControlPlane.Tables.Columns;

/// <summary>The columns of deployments, daemon sets and replica sets.</summary>
internal static class WorkloadColumns
{
    public static IReadOnlyList<TableColumn> Deployment(TableColumn name) =>
    [
        name,
        Text("Ready", "Pods that are ready, of those wanted.", o =>
            $"{NumberAt(o, "status", "readyReplicas")}/{NumberAt(o, "spec", "replicas")}"),
        Number("Up-to-date", "Pods of the newest template.", o => NumberAt(o, "status", "updatedReplicas")),
        Number("Available", "Pods that have been ready for long enough.", o => NumberAt(o, "status", "availableReplicas")),
        Age,
        .. Template(),
    ];

    public static IReadOnlyList<TableColumn> ReplicaSet(TableColumn name) =>
    [
        name,
        Number("Desired", "Pods wanted.", o => NumberAt(o, "spec", "replicas")),
        Number("Current", "Pods there are.", o => NumberAt(o, "status", "replicas")),
        Number("Ready", "Pods that are ready.", o => NumberAt(o, "status", "readyReplicas")),
        Age,
        .. Template(),
    ];

    public static IReadOnlyList<TableColumn> DaemonSet(TableColumn name) =>
    [
        name,
        Number("Desired", "Nodes that should run it.", o => NumberAt(o, "status", "desiredNumberScheduled")),
        Number("Current", "Nodes that run it.", o => NumberAt(o, "status", "currentNumberScheduled")),
        Number("Ready", "Nodes where it is ready.", o => NumberAt(o, "status", "numberReady")),
        Number("Up-to-date", "Nodes with the newest template.", o => NumberAt(o, "status", "updatedNumberScheduled")),
        Number("Available", "Nodes where it has been ready for long enough.", o => NumberAt(o, "status", "numberAvailable")),
        Text("Node Selector", "Which nodes.", o => Selector(At(o, "spec", "template", "spec", "nodeSelector"))),
        Age,
        .. Template(),
    ];

    private static IEnumerable<TableColumn> Template() =>
    [
        Text("Containers", "Names of the containers.", o => Containers(o, "name"), 1),
        Text("Images", "What they run.", o => Containers(o, "image"), 1),
        Text("Selector", "Which pods are its own.", o => Selector(At(o, "spec", "selector")), 1),
    ];

    private static string Containers(JsonObject o, string field) =>
        string.Join(',', Each(o, "spec", "template", "spec", "containers").Select(container => TextAt(container, field)));
}
