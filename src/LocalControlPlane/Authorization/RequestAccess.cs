using LocalControlPlane.Serving;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authorization;

/// <summary>What a request asks to be allowed, by its method and path.</summary>
internal static class RequestAccess
{
    public static AccessRequest Of(HttpRequest request, ResourcePath path)
    {
        var verb = Verb(request, path);
        return new AccessRequest(verb, path.Group, path.Plural, path.Subresource ?? "", path.Namespace ?? OwnName(path), path.Name
            ?? Selected(request, verb));
    }

    private static string Verb(HttpRequest request, ResourcePath path) => request.Method switch
    {
        "GET" or "HEAD" when RequestQuery.IsWatch(request) => "watch",
        "GET" or "HEAD" => path.Name is null ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name is null ? "deletecollection" : "delete",
        var method => method.ToLowerInvariant(),
    };

    // A namespace is in itself, so that a role of it can grant to see it.
    private static string OwnName(ResourcePath path) => path is { Group: "", Plural: "namespaces", Name: { } name } ? name : "";

    // A list, watch or collective deletion of one name is a request about that name. A selector says nothing of what is created.
    private static string Selected(HttpRequest request, string verb) =>
        verb is "list" or "watch" or "deletecollection"
        && RequestQuery.Text(request, "fieldSelector") is { } text
        && text.StartsWith("metadata.name=", StringComparison.Ordinal) && !text.Contains(',', StringComparison.Ordinal)
            ? text["metadata.name=".Length..].TrimStart('=')
            : "";
}
