using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Serving;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalControlPlane.Logs;

/// <summary><c>pods/NAME/log</c>: what <c>kubectl logs</c> asks for.</summary>
internal sealed class LogEndpoint(ObjectStore store, IPodLogs? logs, TimeProvider clock, ServerLifetime lifetime)
{
    public async Task ServeAsync(HttpContext context, ResourceType type, ResourcePath path)
    {
        var request = context.Request;
        if (request.Method is not ("GET" or "HEAD")) throw Failure.MethodNotAllowed(request.Method);

        var key = ObjectEndpoint.Key(type, path);
        var pod = store.Find(key) ?? throw Failure.NotFound(type, key.Name);
        var container = Container(pod, RequestQuery.Text(request, "container"));
        var isPrevious = RequestQuery.Flag(request, "previous");
        var file = logs?.Find(pod.Uid, container, isPrevious) ?? throw Failure.BadRequest(isPrevious
            ? $"previous terminated container \"{container}\" in pod \"{key.Name}\" not found"
            : $"container \"{container}\" in pod \"{key.Name}\" is waiting to start: it has printed nothing yet");

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.Stopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.StartAsync(ended.Token).ConfigureAwait(false);
        try
        {
            await foreach (var chunk in new LogReader(clock)
                .ReadAsync(file, Options(request), () => HasEnded(pod), ended.Token).ConfigureAwait(false))
            {
                await context.Response.Body.WriteAsync(chunk, ended.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has seen enough, or this server is stopping.
        }
    }

    // A pod that is gone prints no more; one whose container is only being restarted does.
    private bool HasEnded(StoredObject pod) =>
        store.Find(pod.Key) is not { } now || now.Uid != pod.Uid || now.Text("status", "phase") is "Succeeded" or "Failed";

    private LogOptions Options(HttpRequest request)
    {
        DateTimeOffset? since = RequestQuery.Number(request, "sinceSeconds") is { } seconds
            ? clock.GetUtcNow().AddSeconds(-seconds)
            : null;
        if (RequestQuery.Text(request, "sinceTime") is { } text)
            since = Timestamps.TryParse(text, out var time)
                ? time
                : throw Failure.BadRequest($"sinceTime is \"{text}\"; give an RFC 3339 time");
        return new LogOptions(
            RequestQuery.Flag(request, "follow"),
            RequestQuery.Flag(request, "timestamps"),
            (int?)Math.Min(RequestQuery.Number(request, "tailLines") ?? -1, int.MaxValue) is >= 0 and var tail ? tail : null,
            since,
            RequestQuery.Number(request, "limitBytes"));
    }

    private static string Container(StoredObject pod, string? asked)
    {
        var spec = pod.ToMutable()["spec"] as JsonObject;
        var names = (spec?["containers"] as JsonArray ?? []).Concat(spec?["initContainers"] as JsonArray ?? [])
            .OfType<JsonObject>().Select(container => container.Text("name") ?? "").ToList();
        if (asked is null)
        {
            return names.Count == 1
                ? names[0]
                : throw Failure.BadRequest(
                    $"a container name must be specified for pod {pod.Key.Name}, choose one of: [{string.Join(' ', names)}]");
        }

        return names.Contains(asked, StringComparer.Ordinal)
            ? asked
            : throw Failure.BadRequest($"container {asked} is not valid for pod {pod.Key.Name}");
    }
}
