using System.Text.Json.Nodes;
using LocalControlPlane.Discovery;
using LocalControlPlane.Errors;
using LocalControlPlane.Serving;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authentication;

/// <summary>Questions about oneself: who am I, may I do this.</summary>
internal static class ReviewEndpoint
{
    /// <summary>Serves the path when it is that of a review.</summary>
    public static Task? TryServe(HttpContext context, ResourcePath path, Identity who)
    {
        if (path.Version != "v1" || path.Name is not null || !ResourceVerbs.Reviews.Any(review => review.Group == path.Group && review.Plural == path.Plural))
            return null;
        if (context.Request.Method != "POST") throw Failure.MethodNotAllowed(context.Request.Method);
        return ServeAsync(context, path, who);
    }

    private static async Task ServeAsync(HttpContext context, ResourcePath path, Identity who)
    {
        // The answer does not depend on the question, and kubectl asks in protobuf.
        var body = RequestBody.MediaType(context.Request) == "application/json"
            ? (await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false)).AsObject()
            : new JsonObject();
        body["apiVersion"] = $"{path.Group}/{path.Version}";
        body["kind"] = ResourceVerbs.Reviews.First(review => review.Group == path.Group && review.Plural == path.Plural).Kind;
        var plural = path.Plural;
        body["status"] = plural switch
        {
            "selfsubjectreviews" => new JsonObject
            {
                ["userInfo"] = new JsonObject
                {
                    ["username"] = who.Name, ["groups"] = new JsonArray([.. who.Groups.Select(group => JsonValue.Create(group))]),
                },
            },
            "selfsubjectrulesreviews" => new JsonObject
            {
                ["resourceRules"] = new JsonArray(Rule("apiGroups", "resources")),
                ["nonResourceRules"] = new JsonArray(Rule("nonResourceURLs")),
                ["incomplete"] = false,
            },
            _ => new JsonObject { ["allowed"] = true, ["reason"] = $"{Identity.Masters} may do everything" },
        };
        await Answer.NodeAsync(context, StatusCodes.Status201Created, body).ConfigureAwait(false);
    }

    private static JsonObject Rule(params string[] names)
    {
        var rule = new JsonObject { ["verbs"] = new JsonArray("*") };
        foreach (var name in names) rule[name] = new JsonArray("*");
        return rule;
    }
}
