using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Kinds;

/// <summary>Namespaces carry their name as a label, and a phase.</summary>
internal sealed class NamespaceRules : IKindRules
{
    public const string Label = "kubernetes.io/metadata.name";

    public void Complete(JsonObject body, JsonObject? before)
    {
        if (body.Metadata()["labels"] is not JsonObject labels) body.Metadata()["labels"] = labels = [];
        labels[Label] = body.MetadataText("name");
        body["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
        if (body["status"] is not JsonObject) body["status"] = new JsonObject { ["phase"] = "Active" };
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before) => [];
}
