using System.Text.Json.Nodes;
using LocalControlPlane.Errors;

namespace LocalControlPlane.Kinds;

/// <summary>What one built-in kind asks for beyond its schema. Pure.</summary>
internal interface IKindRules
{
    /// <summary>Fills in what the server decides.</summary>
    /// <param name="before">Null at creation.</param>
    void Complete(JsonObject body, JsonObject? before);

    IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before);
}
