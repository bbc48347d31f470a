using System.Text.Json.Nodes;

namespace KubeApi.Client;

/// <summary>Conditions and manner of a deletion.</summary>
/// <param name="Uid">Delete only this very object, not one that has taken its name since; null for any.</param>
/// <param name="ResourceVersion">Delete only this state of it; null for any.</param>
public sealed record DeleteOptions(
    string? Uid = null, string? ResourceVersion = null, PropagationPolicy Propagation = PropagationPolicy.Background)
{
    internal JsonObject ToJson()
    {
        var options = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = Propagation.ToString(),
        };
        if (Uid is null && ResourceVersion is null) return options;

        var preconditions = new JsonObject();
        if (Uid is not null) preconditions["uid"] = Uid;
        if (ResourceVersion is not null) preconditions["resourceVersion"] = ResourceVersion;
        options["preconditions"] = preconditions;
        return options;
    }
}
