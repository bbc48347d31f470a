using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tables.Columns;

/// <summary>An entry of <c>additionalPrinterColumns</c>.</summary>
internal static class CustomColumn
{
    public static TableColumn Read(JsonObject source)
    {
        var path = JsonPath.Parse(JsonScalar.TextOf(source["jsonPath"]) ?? "");
        var type = JsonScalar.TextOf(source["type"]) ?? "string";
        return new TableColumn(
            JsonScalar.TextOf(source["name"]) ?? "", type, JsonScalar.TextOf(source["format"]) ?? "",
            JsonScalar.TextOf(source["description"]) ?? "",
            JsonScalar.TryInteger(source["priority"], out var priority) ? (int)priority : 0,
            (o, now) => Cell(path.Find(o), type, now));
    }

    private static JsonNode? Cell(IReadOnlyList<JsonNode> found, string type, DateTimeOffset now)
    {
        if (found.Count == 0) return null;
        var first = found[0];
        return type switch
        {
            "string" => string.Join(' ', found.Select(Text)),
            "date" =>
                JsonScalar.TextOf(first) is { } text && Cells.TryMoment(text, out var moment)
                    ? HumanAge.Since(moment, now)
                    : "<invalid>",
            "integer" => JsonScalar.TryInteger(first, out var whole) ? whole : null,
            "number" => JsonScalar.TryNumber(first, out var number) ? number : null,
            "boolean" => JsonScalar.TryBoolean(first, out var flag) ? flag : null,
            _ => null,
        };
    }

    private static string Text(JsonNode value) => JsonScalar.TextOf(value) ?? value.ToJsonString(JsonScalar.Readable);
}
