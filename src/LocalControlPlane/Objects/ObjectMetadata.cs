using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Objects;

/// <summary>What meta/v1 puts under <c>metadata</c>, read from and written to any object.</summary>
internal static class ObjectMetadata
{
    public static JsonObject Metadata(this JsonObject body)
    {
        if (body["metadata"] is JsonObject metadata) return metadata;
        var made = new JsonObject();
        body["metadata"] = made;
        return made;
    }

    /// <summary>A string of the metadata; null when absent, empty, or no string.</summary>
    public static string? MetadataText(this JsonObject body, string name) => (body["metadata"] as JsonObject).Text(name);

    public static string? Text(this JsonObject? body, string name) =>
        body?[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    public static long Number(this JsonObject? body, string name) =>
        body?[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    public static string? DeletionTimestamp(this JsonObject body) => body.MetadataText("deletionTimestamp");

    public static bool IsBeingDeleted(this JsonObject body) => body.DeletionTimestamp() is not null;

    public static IReadOnlyList<string> Finalizers(this JsonObject body) =>
        body["metadata"]?["finalizers"] is JsonArray list ? [.. list.Select(entry => entry?.ToString() ?? "")] : [];

    /// <summary>An empty list takes the property away.</summary>
    public static void SetFinalizers(this JsonObject body, IEnumerable<string> finalizers)
    {
        var list = new JsonArray([.. finalizers.Select(name => JsonValue.Create(name))]);
        if (list.Count == 0) body.Metadata().Remove("finalizers");
        else body.Metadata()["finalizers"] = list;
    }

    /// <summary>Copies a property of the metadata, or its absence.</summary>
    public static void CopyMetadata(this JsonObject body, JsonObject from, string name)
    {
        if (from["metadata"]?[name] is { } value) body.Metadata()[name] = value.DeepClone();
        else body.Metadata().Remove(name);
    }

    /// <summary>Copies a top-level property, or its absence.</summary>
    public static void CopyProperty(this JsonObject body, JsonObject from, string name)
    {
        if (from[name] is { } value) body[name] = value.DeepClone();
        else body.Remove(name);
    }

    /// <summary>A deletion has begun: stamps it and counts the generation.</summary>
    /// <param name="graceSeconds">0 for all but pods.</param>
    public static void MarkDeleting(this JsonObject body, DateTimeOffset now, long graceSeconds, bool countsGenerations)
    {
        var metadata = body.Metadata();
        metadata["deletionTimestamp"] = Timestamps.Time(now.AddSeconds(graceSeconds));
        metadata["deletionGracePeriodSeconds"] = graceSeconds;
        if (countsGenerations) metadata["generation"] = metadata.Number("generation") + 1;
    }

    public static bool TryRevision(this JsonObject body, out long revision)
    {
        revision = 0;
        return body.MetadataText("resourceVersion") is { } text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision);
    }
}
