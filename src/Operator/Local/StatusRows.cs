using System.Text.Json;
using LocalControlPlane;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace Operator.Local;

/// <summary>The state of this product's resources, one row each.</summary>
internal static class StatusRows
{
    /// <summary>The category that all of this product's kinds carry.</summary>
    private const string Category = "sstp";

    public static IReadOnlyList<StatusRow> Read(ControlPlane plane) =>
    [
        .. plane.Types.Current.All.Where(type => type.Categories.Contains(Category))
            .SelectMany(type => plane.Store.Look(type.StorageName).State.Objects.Values.Select(stored => Of(type, stored))),
    ];

    public static StatusRow Of(ResourceType type, StoredObject stored)
    {
        var name = $"{stored.Key.Namespace}/{stored.Key.Name}";
        if (stored.Text("metadata", "deletionTimestamp") is not null)
            return new StatusRow(type.Kind, name, "False", "Deleting", "");
        return Ready(stored) is { } ready
            ? new StatusRow(type.Kind, name, Text(ready, "status"), Text(ready, "reason"), Text(ready, "message"))
            : new StatusRow(type.Kind, name, "Unknown", "", "");
    }

    private static JsonElement? Ready(StoredObject stored)
    {
        if (!stored.Root.TryGetProperty("status", out var status) || !status.TryGetProperty("conditions", out var conditions))
            return null;
        foreach (var condition in conditions.EnumerateArray())
            if (Text(condition, "type") == "Ready") return condition;
        return null;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
