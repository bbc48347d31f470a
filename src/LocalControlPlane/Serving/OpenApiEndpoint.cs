using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary><c>/openapi/v3</c>: the schemas that kubectl explains and validates with.</summary>
internal static class OpenApiEndpoint
{
    /// <summary>Serves the path when it is one of these documents.</summary>
    public static Task? TryServe(HttpContext context, string path)
    {
        if (path == "/openapi/v3") return Answer.NodeAsync(context, StatusCodes.Status200OK, new JsonObject { ["paths"] = new JsonObject() });
        if (path.StartsWith("/openapi/", StringComparison.Ordinal)) throw Failure.NoSuchPath();
        return null;
    }
}
