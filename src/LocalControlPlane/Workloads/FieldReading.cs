using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Workloads;

/// <summary>Reads fields of objects by path; absent and wrongly typed fields are alike,
/// for the schema was checked before.</summary>
internal static class FieldReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) node = (node as JsonObject)?[name];
        return node;
    }

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        JsonScalar.TextOf(node.At(path)) is { Length: > 0 } text ? text : null;

    public static long? NumberAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        JsonScalar.TryInteger(node.At(path), out var number) ? number : null;

    public static bool FlagAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        JsonScalar.TryBoolean(node.At(path), out var flag) && flag;

    public static DateTimeOffset? TimeAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        Formats.Timestamps.TryParse(node.TextAt(path), out var time) ? time : null;

    public static IEnumerable<JsonObject> ObjectsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray ?? []).OfType<JsonObject>();

    public static IEnumerable<string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray ?? []).Select(JsonScalar.TextOf).OfType<string>();

    public static string Name(this JsonObject o) => o.TextAt("metadata", "name") ?? "";

    public static string Namespace(this JsonObject o) => o.TextAt("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject o) => o.TextAt("metadata", "uid") ?? "";

    public static bool IsTerminating(this JsonObject o) => o.TextAt("metadata", "deletionTimestamp") is not null;

    /// <summary>A number, or a share of a total such as 25%.</summary>
    public static int? Share(this JsonNode? value, int total, bool roundUp)
    {
        if (JsonScalar.TryInteger(value, out var number)) return (int)number;
        if (JsonScalar.TextOf(value) is not { } text) return null;
        if (!text.EndsWith('%')) return int.TryParse(text, CultureInfo.InvariantCulture, out var plain) ? plain : null;
        if (!int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var percent)) return null;
        return roundUp ? ((total * percent) + 99) / 100 : total * percent / 100;
    }
}
