using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Whether a body is what the path of its request says. Pure.</summary>
internal static class RequestRules
{
    public static void CheckKind(ResourceType type, JsonObject body)
    {
        var apiVersion = body.Text("apiVersion");
        var kind = body.Text("kind");
        // Tools leave both away for built-in kinds, whose path says enough.
        if (apiVersion is null && kind is null && type.Custom is null)
        {
            body["apiVersion"] = type.ApiVersion;
            body["kind"] = type.Kind;
            return;
        }

        if (kind != type.Kind || apiVersion != type.ApiVersion)
        {
            throw Failure.BadRequest(
                $"the API version in the data ({apiVersion}, kind {kind}) does not match the expected API version "
                + $"({type.ApiVersion}, kind {type.Kind})");
        }
    }

    /// <summary>Fills in the namespace of the path.</summary>
    public static void CheckNamespace(ResourceType type, string space, JsonObject body)
    {
        var metadata = body.Metadata();
        if (!type.IsNamespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { } named && named != space)
            throw Failure.BadRequest(
                $"the namespace of the provided object does not match the namespace sent on the request ({named}, {space})");
        metadata["namespace"] = space;
    }

    /// <summary>Fills in the name of the path.</summary>
    public static void CheckName(string name, JsonObject body)
    {
        if (body.MetadataText("name") is { } named && named != name)
            throw Failure.BadRequest($"the name of the object ({named}) does not match the name on the URL ({name})");
        body.Metadata()["name"] = name;
    }
}
