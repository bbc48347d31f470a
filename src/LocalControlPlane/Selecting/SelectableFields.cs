using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Selecting;

/// <summary>Which fields the kinds offer to field selectors.</summary>
internal static class SelectableFields
{
    private static readonly Dictionary<string, string[]> ByStorage = new(StringComparer.Ordinal)
    {
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
            "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["pods"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
            "spec.serviceAccountName", "status.phase", "status.podIP",
        ],
        ["namespaces"] = ["status.phase"],
        ["secrets"] = ["type"],
        ["nodes"] = ["spec.unschedulable"],
    };

    /// <summary>The field in the stored form; null when the kind does not offer it.</summary>
    public static string? Canonical(ResourceType type, string field)
    {
        if (field == "metadata.name" || (field == "metadata.namespace" && type.IsNamespaced)) return field;
        if (type.IsView)
        {
            if (field.StartsWith("regarding.", StringComparison.Ordinal))
                field = "involvedObject." + field["regarding.".Length..];
            if (field == "reportingController") field = "reportingComponent";
        }

        return ByStorage.TryGetValue(type.StorageName, out var fields) && fields.Contains(field) ? field : null;
    }

    /// <summary>Empty where there is nothing, as for the selector <c>field=</c>.</summary>
    public static string Read(StoredObject stored, string field) => field switch
    {
        "metadata.name" => stored.Key.Name,
        "metadata.namespace" => stored.Key.Namespace,
        // An event names its source in one of two fields.
        "source" => stored.Text("source", "component") ?? stored.Text("reportingComponent") ?? "",
        _ => stored.Text(field.Split('.')) ?? "",
    };
}
