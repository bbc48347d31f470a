using System.Text.Json.Nodes;
using static LocalControlPlane.Tables.Columns.Cells;

namespace LocalControlPlane.Tables.Columns;

/// <summary>The columns of pods. Their status is the phase, or the most telling reason of a container.</summary>
internal static class PodColumns
{
    public static IReadOnlyList<TableColumn> All(TableColumn name) =>
    [
        name,
        Text("Ready", "Containers that are ready, of all.", o =>
            $"{Statuses(o).Count(IsReady)}/{Each(o, "spec", "containers").Count()}"),
        Text("Status", "What it does.", Status),
        new("Restarts", "string", "", "How often its containers were restarted.", 0, Restarts),
        Age,
        Text("IP", "Its address.", o => TextAt(o, "status", "podIP"), 1),
        Text("Node", "Where it runs.", o => TextAt(o, "spec", "nodeName"), 1),
        Text("Nominated Node", "Node that is being cleared for it.", o => TextAt(o, "status", "nominatedNodeName"), 1),
        Text("Readiness Gates", "Further conditions for being ready.", _ => "<none>", 1),
    ];

    private static IEnumerable<JsonObject> Statuses(JsonObject pod) => Each(pod, "status", "containerStatuses");

    private static bool IsReady(JsonObject status) => status["ready"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    private static string Status(JsonObject pod)
    {
        if (At(pod, "metadata", "deletionTimestamp") is not null) return "Terminating";

        var text = At(pod, "status", "reason") is null ? TextAt(pod, "status", "phase") : TextAt(pod, "status", "reason");
        if (text == "<none>") text = "Unknown";
        foreach (var status in Statuses(pod).Reverse())
        {
            if (TextAt(status, "state", "waiting", "reason") is var waiting and not "<none>") text = waiting;
            else if (At(status, "state", "terminated") is { } terminated) text = Ended(terminated);
        }

        return text;
    }

    private static string Ended(JsonNode terminated) => TextAt(terminated, "reason") is var reason and not "<none>" ? reason
        : NumberAt(terminated, "signal") is var signal and not 0 ? $"Signal:{signal}"
        : $"ExitCode:{NumberAt(terminated, "exitCode")}";

    private static JsonNode Restarts(JsonObject pod, DateTimeOffset now)
    {
        var count = Statuses(pod).Sum(status => NumberAt(status, "restartCount"));
        var last = Statuses(pod).Select(status => TextAt(status, "lastState", "terminated", "finishedAt"))
            .Where(time => time != "<none>").Max(StringComparer.Ordinal);
        return count > 0 && last is not null && TryMoment(last, out var moment)
            ? $"{count} ({HumanAge.Since(moment, now)} ago)"
            : $"{count}";
    }
}
