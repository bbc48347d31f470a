using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>What the server keeps of an object that a client writes again. Pure.</summary>
internal static class UpdateRules
{
    private static readonly string[] ServersOwn =
        [
            "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "generation", "generateName", "resourceVersion",
        ];

    /// <summary>Turns what the client sent into what may be stored: takes back what is not its to change on this path.</summary>
    public static JsonObject Confine(ResourceType type, JsonObject before, JsonObject wanted, WritePath path)
    {
        var name = before.MetadataText("name")!;
        RequestRules.CheckKind(type, wanted);
        RequestRules.CheckName(name, wanted);
        RequestRules.CheckNamespace(type, before.MetadataText("namespace") ?? "", wanted);
        if (wanted.MetadataText("uid") is { } uid && uid != before.MetadataText("uid"))
        {
            throw Failure.Conflict(
                type, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.MetadataText("uid")}");
        }

        if (path == WritePath.Status)
        {
            var kept = (JsonObject)before.DeepClone();
            kept.CopyProperty(wanted, "status");
            kept.CopyMetadata(wanted, "managedFields");
            return kept;
        }

        foreach (var property in ServersOwn) wanted.CopyMetadata(before, property);
        wanted.Metadata().Remove("selfLink");
        if (type.HasStatus) wanted.CopyProperty(before, "status");
        return wanted;
    }

    /// <summary>Counts the generation when something besides metadata and status differs.</summary>
    public static void CountGeneration(ResourceType type, JsonObject before, JsonObject after)
    {
        if (!type.CountsGenerations || DesireEquals(type, before, after)) return;
        after.Metadata()["generation"] = before.Metadata().Number("generation") + 1;
    }

    public static IEnumerable<StatusCause> Check(JsonObject before, JsonObject after)
    {
        if (!before.IsBeingDeleted()) yield break;

        var added = after.Finalizers().Except(before.Finalizers(), StringComparer.Ordinal).ToList();
        if (added.Count > 0)
        {
            yield return new StatusCause(
                "FieldValueForbidden",
                "Forbidden: no new finalizers can be added if the object is being deleted, "
                + $"found new finalizers {string.Join(", ", added)}",
                "metadata.finalizers");
        }
    }

    /// <summary>Nothing differs but the time at which a manager is said to have written.</summary>
    public static bool IsNoChange(JsonObject before, JsonObject after) => JsonNode.DeepEquals(Timeless(before), Timeless(after));

    private static bool DesireEquals(ResourceType type, JsonObject before, JsonObject after) =>
        before.Select(property => property.Key).Union(after.Select(property => property.Key))
            .Where(name => name != "metadata" && !(name == "status" && type.HasStatus))
            .All(name => JsonNode.DeepEquals(before[name], after[name]));

    private static JsonObject Timeless(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        if (copy["metadata"]?["managedFields"] is JsonArray managers)
            foreach (var manager in managers.OfType<JsonObject>()) manager.Remove("time");
        return copy;
    }
}
