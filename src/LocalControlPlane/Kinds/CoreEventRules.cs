using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Kinds;

/// <summary>core/v1 events: about an object of their own namespace, or about a cluster-scoped one from <c>default</c>.</summary>
internal sealed class CoreEventRules : IKindRules
{
    public void Complete(JsonObject body, JsonObject? before)
    {
        if (body["involvedObject"] is not JsonObject) body["involvedObject"] = new JsonObject();
        if (body.Text("type") is null) body["type"] = "Normal";
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before)
    {
        var space = body.MetadataText("namespace");
        var about = (body["involvedObject"] as JsonObject).Text("namespace");
        if (about is null ? space != "default" && HasKind(body) : about != space)
        {
            yield return new StatusCause(
                "FieldValueInvalid", $"Invalid value: \"{about}\": does not match event.namespace ({space})",
                "involvedObject.namespace");
        }
    }

    private static bool HasKind(JsonObject body) => (body["involvedObject"] as JsonObject).Text("kind") is not null;
}
