using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tables.Columns;

/// <summary>Short ways to columns that read a field.</summary>
internal static class Cells
{
    public static TableColumn Age { get; } = new(
        "Age", "string", "", "Time since it was made.", 0, (o, now) => AgeOf(o["metadata"]?["creationTimestamp"], now));

    public static TableColumn Text(string name, string description, Func<JsonObject, string> text, int priority = 0) =>
        new(name, "string", "", description, priority, (o, _) => text(o));

    public static TableColumn Number(string name, string description, Func<JsonObject, long> number, int priority = 0) =>
        new(name, "integer", "", description, priority, (o, _) => number(o));

    /// <summary>The text at a path, or <c>&lt;none&gt;</c>.</summary>
    public static string TextAt(JsonNode? node, params string[] path) =>
        JsonScalar.TextOf(At(node, path)) is { Length: > 0 } text ? text : "<none>";

    public static long NumberAt(JsonNode? node, params string[] path) =>
        JsonScalar.TryInteger(At(node, path), out var number) ? number : 0;

    public static JsonNode? At(JsonNode? node, params string[] path)
    {
        foreach (var name in path) node = (node as JsonObject)?[name];
        return node;
    }

    public static IEnumerable<JsonObject> Each(JsonNode? node, params string[] path) =>
        (At(node, path) as JsonArray ?? []).OfType<JsonObject>();

    public static string AgeOf(JsonNode? time, DateTimeOffset now) =>
        JsonScalar.TextOf(time) is { } text && TryMoment(text, out var moment) ? HumanAge.Since(moment, now) : "<unknown>";

    public static bool TryMoment(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <summary>A label selector as one types it.</summary>
    public static string Selector(JsonNode? selector)
    {
        var labels = (selector as JsonObject)?["matchLabels"] as JsonObject ?? selector as JsonObject ?? [];
        var parts = labels.Where(label => label.Value is JsonValue).Select(label => $"{label.Key}={label.Value}")
            .Concat(
                Each(selector, "matchExpressions").Select(e => $"{TextAt(e, "key")} {TextAt(e, "operator").ToLowerInvariant()}"));
        return string.Join(',', parts) is { Length: > 0 } text ? text : "<none>";
    }
}
