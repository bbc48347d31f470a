using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>The options of a deletion, which come in the body, the query, or both.</summary>
internal static class DeleteRequest
{
    public static async Task<DeleteOptions> ReadAsync(HttpRequest request)
    {
        var body = await RequestBody.ReadOptionalAsync(request).ConfigureAwait(false);
        var preconditions = body?["preconditions"] as JsonObject;
        return new DeleteOptions(
            Policy(
                body.Text("propagationPolicy") ?? RequestQuery.Text(request, "propagationPolicy"), OrphansOldWay(body, request)),
            preconditions.Text("uid"),
            preconditions.Text("resourceVersion"),
            body?["gracePeriodSeconds"] is null
                ? RequestQuery.Number(request, "gracePeriodSeconds")
                : body.Number("gracePeriodSeconds"),
            RequestQuery.IsDryRun(request) || body?["dryRun"] is JsonArray { Count: > 0 });
    }

    private static DeletePolicy? Policy(string? text, bool orphansOldWay) => text switch
    {
        null => orphansOldWay ? DeletePolicy.Orphan : null,
        "Background" => DeletePolicy.Background,
        "Foreground" => DeletePolicy.Foreground,
        "Orphan" => DeletePolicy.Orphan,
        _ => throw Failure.BadRequest($"propagationPolicy is \"{text}\"; give Background, Foreground or Orphan"),
    };

    private static bool OrphansOldWay(JsonObject? body, HttpRequest request) =>
        RequestQuery.Flag(request, "orphanDependents")
        || (body?["orphanDependents"] is JsonValue value && value.TryGetValue(out bool orphans) && orphans);
}
