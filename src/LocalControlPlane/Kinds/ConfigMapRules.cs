using System.Text.Json.Nodes;
using LocalControlPlane.Errors;

namespace LocalControlPlane.Kinds;

internal sealed class ConfigMapRules : IKindRules
{
    public void Complete(JsonObject body, JsonObject? before)
    {
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before)
    {
        if (body["data"] is JsonObject data)
        {
            foreach (var (key, value) in data)
                if (value is not JsonValue scalar || !scalar.TryGetValue(out string? _))
                    yield return new StatusCause("FieldValueInvalid", "must be a string; put it in quotes", $"data[{key}]");
        }

        foreach (var cause in Immutability.Check(body, before, "data", "binaryData")) yield return cause;
    }
}
