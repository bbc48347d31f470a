using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching.Managers;

/// <summary>One entry of <c>metadata.managedFields</c>: who set which fields, and by what kind of write.</summary>
/// <param name="IsApply">By server-side apply, whose set is the manager's whole intent; else by any other write.</param>
/// <param name="Subresource">Such as "status"; empty for the main path.</param>
/// <param name="Time">When the set changed last, as the API writes times.</param>
internal sealed record ManagedFieldsEntry(
    string Manager, bool IsApply, string ApiVersion, string Subresource, string? Time, FieldSet Fields)
{
    /// <summary>Whether two entries are the same manager's. An applier keeps its identity
    /// when it moves to another API version.</summary>
    public bool IsSameManager(ManagedFieldsEntry other) =>
        Manager == other.Manager && IsApply == other.IsApply
        && Subresource == other.Subresource && (IsApply || ApiVersion == other.ApiVersion);

    /// <summary>As the message of a conflict names it.</summary>
    public string Print()
    {
        var text = $"\"{Manager}\"";
        if (Subresource.Length > 0) text += $" with subresource \"{Subresource}\"";
        if (IsApply) return text;
        return Time is null ? $"{text} using {ApiVersion}" : $"{text} using {ApiVersion} at {Time}";
    }

    public JsonObject ToJson()
    {
        var entry = new JsonObject
        {
            ["manager"] = Manager, ["operation"] = IsApply ? "Apply" : "Update", ["apiVersion"] = ApiVersion,
        };
        if (Time is not null) entry["time"] = Time;
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = Fields.ToFieldsV1();
        if (Subresource.Length > 0) entry["subresource"] = Subresource;
        return entry;
    }

    /// <exception cref="FormatException">The list is not in the format of managedFields.</exception>
    public static IReadOnlyList<ManagedFieldsEntry> ReadAll(JsonNode? managedFields) =>
        [.. (managedFields as JsonArray ?? []).Select(FromJson)];

    private static ManagedFieldsEntry FromJson(JsonNode? node)
    {
        if (node is not JsonObject entry) throw new FormatException("an entry of managedFields must be an object");
        var operation = JsonScalar.TextOf(entry["operation"]);
        if (operation is not ("Apply" or "Update"))
            throw new FormatException($"operation '{operation}' in managedFields must be Apply or Update");
        return new ManagedFieldsEntry(
            JsonScalar.TextOf(entry["manager"]) ?? "", operation == "Apply", JsonScalar.TextOf(entry["apiVersion"]) ?? "",
            JsonScalar.TextOf(entry["subresource"]) ?? "", JsonScalar.TextOf(entry["time"]),
            FieldSet.FromFieldsV1(entry["fieldsV1"] ?? new JsonObject()));
    }
}
