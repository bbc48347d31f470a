using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Serving;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authentication;

/// <summary><c>serviceaccounts/token</c>: what <c>kubectl create token</c> asks for.</summary>
internal sealed class TokenEndpoint(ObjectReader reader, ServiceAccountTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <summary>As real servers.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <summary>Long enough for a program of one's own on the same host, and no longer than the server's certificate.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public async Task ServeAsync(HttpContext context, ResourceType type, ResourcePath path)
    {
        if (context.Request.Method != "POST") throw Failure.MethodNotAllowed(context.Request.Method);
        var account = reader.Get(type, ObjectEndpoint.Key(type, path));
        var body = (await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false)).AsObject();
        if (body["spec"] is not JsonObject spec) body["spec"] = spec = [];
        var asked = spec["expirationSeconds"] is null
            ? Usual
            : TimeSpan.FromSeconds(Math.Min(spec.Number("expirationSeconds"), (long)Longest.TotalSeconds));
        if (asked < Shortest)
        {
            throw new ApiException(422, "Invalid",
                $"TokenRequest.authentication.k8s.io \"{account.Key.Name}\" is invalid: spec.expirationSeconds: Invalid value: "
                + $"may not specify a duration less than {Shortest.TotalMinutes:0} minutes");
        }

        var expires = clock.GetUtcNow() + asked;
        spec["expirationSeconds"] = (long)asked.TotalSeconds;
        body["apiVersion"] = "authentication.k8s.io/v1";
        body["kind"] = "TokenRequest";
        body["status"] = new JsonObject
        {
            ["token"] = tokens.Issue(account, expires), ["expirationTimestamp"] = Timestamps.Time(expires),
        };
        await Answer.NodeAsync(context, StatusCodes.Status201Created, body).ConfigureAwait(false);
    }
}
