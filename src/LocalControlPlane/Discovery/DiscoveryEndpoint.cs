using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Serving;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Discovery;

/// <summary><c>/api</c>, <c>/apis</c> and what is below them down to the resources of a version.</summary>
internal sealed class DiscoveryEndpoint(TypeRegistry types)
{
    /// <summary>Serves the path when it is one of discovery.</summary>
    public Task? TryServe(HttpContext context, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not (["api"] or ["apis"] or ["api", _] or ["apis", _] or ["apis", _, _])) return null;
        if (context.Request.Method is not ("GET" or "HEAD")) throw Failure.MethodNotAllowed(context.Request.Method);

        var catalog = types.Current;
        var version = AggregatedDiscovery.Version(context.Request.Headers.Accept.ToString());
        return parts switch
        {
            ["api"] when version is not null => Answer.NodeAsync(
                context, StatusCodes.Status200OK, AggregatedDiscovery.Core(catalog, version),
                AggregatedDiscovery.ContentType(version)),
            ["apis"] when version is not null => Answer.NodeAsync(
                context,
                StatusCodes.Status200OK,
                AggregatedDiscovery.Groups(catalog, version),
                AggregatedDiscovery.ContentType(version)),
            ["api"] => Answer.NodeAsync(context, StatusCodes.Status200OK, LegacyDiscovery.CoreVersions()),
            ["apis"] => Answer.NodeAsync(context, StatusCodes.Status200OK, LegacyDiscovery.Groups(catalog)),
            ["api", var v] => Answer.NodeAsync(context, StatusCodes.Status200OK, LegacyDiscovery.Resources(catalog, "", v)),
            ["apis", var group] => Answer.NodeAsync(context, StatusCodes.Status200OK, LegacyDiscovery.OneGroup(catalog, group)),
            _ => Answer.NodeAsync(context, StatusCodes.Status200OK, LegacyDiscovery.Resources(catalog, parts[1], parts[2])),
        };
    }
}
