using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using LocalControlPlane.Tables.Columns;

namespace LocalControlPlane.Tables;

/// <summary>The columns in which a kind is listed.</summary>
public sealed class TableLayout
{
    private static readonly TableColumn Name = new("Name", "string", "name", "Name of the object.", 0, (o, _) =>
        JsonScalar.TextOf(o["metadata"]?["name"]));

    private TableLayout(IReadOnlyList<TableColumn> columns) => Columns = columns;

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Of a built-in kind; name and age where a real server has no others.</summary>
    public static TableLayout BuiltIn(string apiVersion, string kind) =>
        BuiltInColumns.Find(apiVersion, kind) is { } columns
            ? new TableLayout(columns(Name))
            : new TableLayout([Name, Cells.Age]);

    /// <summary>Of a custom kind: the name, then the columns of its definition; without any, name and age.</summary>
    /// <exception cref="FormatException">A jsonPath cannot be read.</exception>
    public static TableLayout Custom(JsonArray additionalPrinterColumns) => additionalPrinterColumns.Count == 0
        ? new TableLayout([Name, Cells.Age])
        : new TableLayout([Name, .. additionalPrinterColumns.OfType<JsonObject>().Select(CustomColumn.Read)]);

    /// <summary>The objects as a meta.k8s.io/v1 Table.</summary>
    /// <param name="metadata">Of the list, or of the one object: resourceVersion, continue.</param>
    /// <param name="include">What stands beside each row.</param>
    public JsonObject Render(IEnumerable<JsonObject> objects, JsonObject metadata, RowObject include, DateTimeOffset now) => new()
    {
        ["kind"] = "Table",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = metadata.DeepClone(),
        ["columnDefinitions"] = new JsonArray([.. Columns.Select(column => new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = column.Type,
            ["format"] = column.Format,
            ["description"] = column.Description,
            ["priority"] = column.Priority,
        })]),
        ["rows"] = new JsonArray([.. objects.Select(o => Row(o, include, now))]),
    };

    private JsonObject Row(JsonObject o, RowObject include, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. Columns.Select(column => column.Cell(o, now))]) };
        switch (include)
        {
            case RowObject.Whole:
                row["object"] = o.DeepClone();
                break;
            case RowObject.Metadata:
                row["object"] = new JsonObject
                {
                    ["kind"] = "PartialObjectMetadata",
                    ["apiVersion"] = "meta.k8s.io/v1",
                    ["metadata"] = o["metadata"]?.DeepClone(),
                };
                break;
        }

        return row;
    }
}
