using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Watching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalControlPlane.Serving;

/// <summary>A watch over HTTP: one JSON document a line, each flushed.</summary>
internal sealed class WatchEndpoint(ObjectWatcher watcher, TableAnswer tables, ServerLifetime lifetime)
{
    public async Task ServeAsync(HttpContext context, ResourceType type, ResourcePath path)
    {
        var options = RequestQuery.Watch(context.Request, type, path.Namespace, path.Name);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.Stopping);
        var frames = new WatchFrames(type, context.Request, tables);
        // A watch that cannot start is refused as any request is. After that the headers go out at once, however quiet it is.
        watcher.CheckStart(type, options);
        await StartAsync(context).ConfigureAwait(false);
        try
        {
            await foreach (var seen in watcher.WatchAsync(type, options, ended.Token).ConfigureAwait(false))
            {
                using var pieces = new PieceWriter(context.Response.Body, ended.Token);
                await frames.WriteAsync(pieces, seen).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            }
        }
        catch (ApiException failure)
        {
            // The status of the response is long out; the protocol has an event for this.
            await context.Response.Body.WriteAsync(Error(failure), ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client went away, or this server is stopping: a clean end either way.
        }
    }

    private static async Task StartAsync(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = Answer.Json;
        context.Response.Headers.CacheControl = "no-cache, private";
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Error(ApiException failure) =>
        Encoding.UTF8.GetBytes(
            new JsonObject { ["type"] = "ERROR", ["object"] = StatusObject.Of(failure) }.ToJsonString() + "\n");
}
