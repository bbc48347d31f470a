using System.Text.Json.Nodes;
using static LocalControlPlane.Tables.Columns.Cells;

namespace LocalControlPlane.Tables.Columns;

/// <summary>The columns of events, in the form of core/v1 and in that of events.k8s.io/v1.</summary>
internal static class EventColumns
{
    public static IReadOnlyList<TableColumn> All(TableColumn name) =>
    [
        new("Last Seen", "string", "", "When it happened last.", 0, (o, now) => Last(o, now)),
        Text("Type", "Normal or Warning.", o => TextAt(o, "type")),
        Text("Reason", "Why, in one word.", o => TextAt(o, "reason")),
        Text("Object", "What it is about.", Subject),
        Text("Subobject", "Part of that.", o => TextAt(Regarding(o), "fieldPath") is var path and not "<none>" ? path : "", 1),
        Text("Source", "Who saw it.", Source, 1),
        Text("Message", "What happened.", o =>
            (TextAt(o, "message") is var message and not "<none>" ? message : TextAt(o, "note")).Trim()),
        new("First Seen", "string", "", "When it happened first.", 1, (o, now) => First(o, now)),
        Number("Count", "How often.", Count, 1),
        name with { Priority = 1 },
    ];

    private static JsonNode? Regarding(JsonObject o) => o["involvedObject"] ?? o["regarding"];

    private static string Subject(JsonObject o) =>
        $"{TextAt(Regarding(o), "kind").ToLowerInvariant()}/{TextAt(Regarding(o), "name")}";

    private static string Source(JsonObject o)
    {
        var component = TextAt(o["source"] ?? o["deprecatedSource"], "component");
        if (component == "<none>")
            component = TextAt(o, o.ContainsKey("reportingController") ? "reportingController" : "reportingComponent");
        var host = TextAt(o["source"] ?? o["deprecatedSource"], "host");
        return host == "<none>" ? component : $"{component}, {host}";
    }

    private static string First(JsonObject o, DateTimeOffset now) =>
        AgeOf(o["firstTimestamp"] ?? o["deprecatedFirstTimestamp"] ?? o["eventTime"] ?? o["metadata"]?["creationTimestamp"], now);

    private static string Last(JsonObject o, DateTimeOffset now)
    {
        var last = At(o, "series", "lastObservedTime") ?? o["lastTimestamp"] ?? o["deprecatedLastTimestamp"];
        return last is null ? First(o, now) : AgeOf(last, now);
    }

    private static long Count(JsonObject o) => Math.Max(1, new[]
    {
        NumberAt(o, "series", "count"), NumberAt(o, "count"), NumberAt(o, "deprecatedCount"),
    }.Max());
}
