using LocalControlPlane.Authentication;
using LocalControlPlane.Definitions;
using LocalControlPlane.Discovery;
using LocalControlPlane.Errors;
using LocalControlPlane.Logs;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Serving;

/// <summary>A request's way: who asks, what for, and one place where what goes wrong becomes a Status object.</summary>
internal sealed class RequestPipeline(
    Authenticator authenticator,
    TypeRegistry types,
    DiscoveryEndpoint discovery,
    OpenApiEndpoint openApi,
    ObjectEndpoint objects,
    ScaleEndpoint scale,
    LogEndpoint logs,
    ILogger logger)
{
    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (ApiException failure) when (!context.Response.HasStarted)
        {
            await Answer.FailureAsync(context, failure).ConfigureAwait(false);
        }
        catch (StorageException failure) when (!context.Response.HasStarted)
        {
            await Answer.FailureAsync(context, Failure.Internal(failure.Message)).ConfigureAwait(false);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client is gone; there is nobody to tell.
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            // A mistake of ours ends this request and no other.
            ServingLog.RequestFailed(logger, context.Request.Method, context.Request.Path, bug);
            await Answer.FailureAsync(context, Failure.Internal("an error on the server: see its log")).ConfigureAwait(false);
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (PublicEndpoint.TryServe(context, path) is { } open) return open;

        var who = authenticator.Identify(context) ?? throw Failure.Unauthorized();
        if (!who.IsAdministrator) throw new ApiException(403, "Forbidden", $"User \"{who.Name}\" is not in {Identity.Masters}, which is all that is let in here");
        if (discovery.TryServe(context, path) is { } found) return found;
        if (openApi.TryServe(context, path) is { } document) return document;

        var resource = ResourcePath.Parse(path) ?? throw Failure.NoSuchPath();
        if (ReviewEndpoint.TryServe(context, resource, who) is { } review) return review;

        var type = types.Current.Find(resource.Group, resource.Version, resource.Plural) ?? throw Failure.NoSuchPath();
        return resource.Subresource switch
        {
            null => objects.ServeAsync(context, type, resource),
            "status" when type.HasStatus => objects.ServeStatusAsync(context, type, resource),
            "scale" => scale.ServeAsync(context, type, resource),
            "log" when type == BuiltInTypes.Pod => logs.ServeAsync(context, type, resource),
            _ => throw Failure.NoSuchPath(),
        };
    }
}
