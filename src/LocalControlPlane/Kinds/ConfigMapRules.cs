using System.Text.Json.Nodes;
using LocalControlPlane.Errors;

namespace LocalControlPlane.Kinds;

internal sealed class ConfigMapRules : IKindRules
{
    public void Complete(JsonObject body, JsonObject? before)
    {
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before) =>
        Immutability.Check(body, before, "data", "binaryData");
}
