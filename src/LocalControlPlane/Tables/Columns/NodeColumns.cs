using System.Text.Json.Nodes;
using static LocalControlPlane.Tables.Columns.Cells;

namespace LocalControlPlane.Tables.Columns;

/// <summary>The columns of nodes.</summary>
internal static class NodeColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static IReadOnlyList<TableColumn> All(TableColumn name) =>
    [
        name,
        Text("Status", "Whether it is ready.", Status),
        Text("Roles", "What it is for.", Roles),
        Age,
        Text("Version", "Its software.", o => TextAt(o, "status", "nodeInfo", "kubeletVersion")),
        Text("Internal-IP", "Its address inside.", o => Address(o, "InternalIP"), 1),
        Text("External-IP", "Its address outside.", o => Address(o, "ExternalIP"), 1),
        Text("OS-Image", "Its operating system.", o => TextAt(o, "status", "nodeInfo", "osImage"), 1),
        Text("Kernel-Version", "Its kernel.", o => TextAt(o, "status", "nodeInfo", "kernelVersion"), 1),
        Text("Container-Runtime", "What runs pods.", o => TextAt(o, "status", "nodeInfo", "containerRuntimeVersion"), 1),
    ];

    private static string Status(JsonObject node)
    {
        var ready = Each(node, "status", "conditions").FirstOrDefault(condition => TextAt(condition, "type") == "Ready");
        var text = ready is null ? "Unknown" : TextAt(ready, "status") == "True" ? "Ready" : "NotReady";
        return At(node, "spec", "unschedulable")?.GetValueKind() == System.Text.Json.JsonValueKind.True
            ? text + ",SchedulingDisabled"
            : text;
    }

    private static string Roles(JsonObject node)
    {
        var roles = (At(node, "metadata", "labels") as JsonObject ?? [])
            .Where(label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal))
            .Select(label => label.Key[RolePrefix.Length..]).Order(StringComparer.Ordinal);
        return string.Join(',', roles) is { Length: > 0 } text ? text : "<none>";
    }

    private static string Address(JsonObject node, string type) =>
        TextAt(Each(node, "status", "addresses").FirstOrDefault(address => TextAt(address, "type") == type), "address");
}
