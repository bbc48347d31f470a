using System.Text.Json.Nodes;
using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Kinds;

/// <summary>CustomResourceDefinitions: names are filled in, and what passes the check is established at once.</summary>
internal sealed class DefinitionRules : IKindRules
{
    public void Complete(JsonObject body, JsonObject? before)
    {
        if (body["spec"] is not JsonObject spec || spec["names"] is not JsonObject names) return;

        if (names.Text("kind") is { } kind)
        {
            if (names.Text("singular") is null) names["singular"] = kind.ToLowerInvariant();
            if (names.Text("listKind") is null) names["listKind"] = kind + "List";
        }

        if (spec["conversion"] is null) spec["conversion"] = new JsonObject { ["strategy"] = "None" };
        body["status"] = new JsonObject
        {
            ["acceptedNames"] = names.DeepClone(),
            ["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", body),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", body)),
            ["storedVersions"] = StoredVersions(spec, before),
        };
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before)
    {
        foreach (var cause in DefinitionCheck.Check(body)) yield return cause;

        var old = before?["spec"] as JsonObject;
        if (old is null || body["spec"] is not JsonObject spec) yield break;
        if (old.Text("group") != spec.Text("group")) yield return Immutable("spec.group");
        if (old.Text("scope") != spec.Text("scope")) yield return Immutable("spec.scope");
        if ((old["names"] as JsonObject).Text("kind") != (spec["names"] as JsonObject).Text("kind"))
            yield return Immutable("spec.names.kind");
    }

    private static StatusCause Immutable(string field) =>
        new("FieldValueInvalid", "field is immutable; delete and create it again", field);

    private static JsonObject Condition(string type, string reason, string message, JsonObject body) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = body.MetadataText("creationTimestamp"),
    };

    private static JsonArray StoredVersions(JsonObject spec, JsonObject? before)
    {
        var stored = (before?["status"]?["storedVersions"] as JsonArray ?? [])
            .Select(version => version?.ToString() ?? "").ToList();
        var current = (spec["versions"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(version => version["storage"]?.GetValueKind() == System.Text.Json.JsonValueKind.True)
            .Select(version => version.Text("name") ?? "");
        return new JsonArray([.. stored.Union(current, StringComparer.Ordinal).Select(version => JsonValue.Create(version))]);
    }
}
