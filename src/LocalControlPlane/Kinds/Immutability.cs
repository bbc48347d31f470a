using System.Text.Json.Nodes;
using LocalControlPlane.Errors;

namespace LocalControlPlane.Kinds;

/// <summary>The field <c>immutable</c> of ConfigMaps and Secrets: once true it stays, and so does the content.</summary>
internal static class Immutability
{
    public static IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before, params string[] fields)
    {
        if (before?["immutable"] is not JsonValue flag || !flag.TryGetValue(out bool isImmutable) || !isImmutable) yield break;

        foreach (var field in fields.Append("immutable"))
            if (!JsonNode.DeepEquals(before[field], body[field]))
                yield return new StatusCause(
                    "FieldValueForbidden", "Forbidden: field is immutable when `immutable` is set", field);
    }
}
