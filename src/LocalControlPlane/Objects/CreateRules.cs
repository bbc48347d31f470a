using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>What the server decides about a new object's metadata. Pure.</summary>
internal static class CreateRules
{
    private static readonly string[] ServersOwn =
        [
            "uid", "creationTimestamp", "deletionTimestamp",
            "deletionGracePeriodSeconds", "generation", "selfLink", "resourceVersion",
        ];

    /// <summary>Checks that the body fits the request, and fills in the metadata that only the server gives.</summary>
    /// <param name="space">The request's namespace; empty for what is cluster-scoped.</param>
    public static void Complete(ResourceType type, string space, JsonObject body, Guid uid, DateTimeOffset now)
    {
        RequestRules.CheckKind(type, body);
        RequestRules.CheckNamespace(type, space, body);
        var metadata = body.Metadata();
        if (metadata.Text("resourceVersion") is not null)
            throw Failure.BadRequest("resourceVersion should not be set on objects to be created");

        foreach (var name in ServersOwn) metadata.Remove(name);
        if (metadata.Text("name") is null && metadata.Text("generateName") is { } prefix)
            metadata["name"] = Names.Generate(prefix);
        metadata["uid"] = uid.ToString();
        metadata["creationTimestamp"] = Timestamps.Time(now);
        if (type.CountsGenerations) metadata["generation"] = 1;
        if (type.HasStatus) body.Remove("status");
    }
}
