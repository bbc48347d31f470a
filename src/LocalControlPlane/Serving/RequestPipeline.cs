using LocalControlPlane.Authentication;
using LocalControlPlane.Authorization;
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
    ServerConnections connections,
    RequestsInProgress requests,
    Guard guard,
    TypeRegistry types,
    DiscoveryEndpoint discovery,
    OpenApiEndpoint openApi,
    ObjectEndpoint objects,
    ScaleEndpoint scale,
    LogEndpoint logs,
    TokenEndpoint tokens,
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
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested
            && e is OperationCanceledException or IOException or ObjectDisposedException)
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
        var sender = authenticator.Identify(context);
        if (sender is null) ServerConnections.CountStranger(context);
        else connections.Recognize(context);
        if (PublicEndpoint.TryServe(context, path) is { } open) return open;

        if (sender is null) throw Failure.Unauthorized();

        requests.Enter(context, sender);
        var who = guard.Effective(context.Request, sender);
        // What is served is told to everybody who is logged in: without it no tool can begin.
        if (discovery.TryServe(context, path) is { } found) return found;
        if (openApi.TryServe(context, path) is { } document) return document;

        if (ResourcePath.Parse(path) is not { } resource)
        {
            guard.Check(who, AccessRequest.ToPath(context.Request.Method.ToLowerInvariant(), path));
            throw Failure.NoSuchPath();
        }

        var type = types.Current.Find(resource.Group, resource.Version, resource.Plural);
        guard.Check(who, context.Request, resource, type);
        if (ReviewEndpoint.TryServe(context, resource, who, guard.Rights) is { } review) return review;

        if (type is null) throw Failure.NoSuchPath();
        return resource.Subresource switch
        {
            null => objects.ServeAsync(context, type, resource, guard.OnWrite(who, resource)),
            "status" when type.HasStatus => objects.ServeStatusAsync(context, type, resource),
            "scale" => scale.ServeAsync(context, type, resource),
            "token" when type == BuiltInTypes.ServiceAccount => tokens.ServeAsync(context, type, resource),
            "log" when type == BuiltInTypes.Pod => logs.ServeAsync(context, type, resource),
            _ => throw Failure.NoSuchPath(),
        };
    }
}
