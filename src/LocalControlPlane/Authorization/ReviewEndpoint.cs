using System.Text.Json.Nodes;
using LocalControlPlane.Authentication;
using LocalControlPlane.Discovery;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Serving;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authorization;

/// <summary>Questions about oneself: who am I, may I do this, what may I do.</summary>
internal static class ReviewEndpoint
{
    /// <summary>Serves the path when it is that of a review.</summary>
    public static Task? TryServe(HttpContext context, ResourcePath path, Identity who, Rights rights)
    {
        if (path.Version != "v1" || path.Name is not null
            || !ResourceVerbs.Reviews.Any(review => review.Group == path.Group && review.Plural == path.Plural))
            return null;
        if (context.Request.Method != "POST") throw Failure.MethodNotAllowed(context.Request.Method);
        return ServeAsync(context, path, who, rights);
    }

    private static async Task ServeAsync(HttpContext context, ResourcePath path, Identity who, Rights rights)
    {
        var body = (await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false)).AsObject();
        body["apiVersion"] = $"{path.Group}/{path.Version}";
        body["kind"] = ResourceVerbs.Reviews.First(review => review.Group == path.Group && review.Plural == path.Plural).Kind;
        var spec = body["spec"] as JsonObject;
        body["status"] = path.Plural switch
        {
            "selfsubjectreviews" =>
                new JsonObject { ["userInfo"] = new JsonObject { ["username"] = who.Name, ["groups"] = Words(who.Groups) } },
            "selfsubjectrulesreviews" => RulesOf([.. rights.RulesOf(who, spec.Text("namespace") ?? "")]),
            _ => Verdict(rights.Find(who, Asked(spec))),
        };
        await Answer.NodeAsync(context, StatusCodes.Status201Created, body).ConfigureAwait(false);
    }

    private static AccessRequest Asked(JsonObject? spec)
    {
        if (spec?["nonResourceAttributes"] is JsonObject path)
            return AccessRequest.ToPath(path.Text("verb") ?? "", path.Text("path") ?? "");
        if (spec?["resourceAttributes"] is not JsonObject asked)
            throw Failure.BadRequest("spec needs resourceAttributes or nonResourceAttributes");
        return new AccessRequest(
            asked.Text("verb") ?? "", asked.Text("group") ?? "", asked.Text("resource") ?? "",
            asked.Text("subresource") ?? "", asked.Text("namespace") ?? "",
            asked.Text("name") ?? "");
    }

    private static JsonObject Verdict(string? reason) =>
        reason is null ? new JsonObject { ["allowed"] = false } : new JsonObject { ["allowed"] = true, ["reason"] = reason };

    private static JsonObject RulesOf(IReadOnlyList<AccessRule> rules)
    {
        var resources = rules.Where(rule => rule.Resources.Count > 0).Select(rule => (JsonNode)new JsonObject
        {
            ["verbs"] = Words(rule.Verbs),
            ["apiGroups"] = Words(rule.Groups),
            ["resources"] = Words(rule.Resources),
            ["resourceNames"] = Words(rule.ResourceNames),
        });
        var paths = rules.Where(rule => rule.Paths.Count > 0).Select(rule => (JsonNode)new JsonObject
        {
            ["verbs"] = Words(rule.Verbs), ["nonResourceURLs"] = Words(rule.Paths),
        });
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. resources]),
            ["nonResourceRules"] = new JsonArray([.. paths]),
            ["incomplete"] = false,
        };
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
