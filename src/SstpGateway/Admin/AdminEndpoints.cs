using GatewayConfig.Channel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PrometheusText;

namespace SstpGateway.Admin;

/// <summary>What administration can ask and order.</summary>
internal sealed class AdminEndpoints(
    ISessionDirectory sessions, IReadiness readiness, IDrain drain, PrometheusExporter exporter, ILogger logger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", Readyz);
        routes.MapGet("/metrics", () => Results.Text(exporter.Scrape(), PrometheusExporter.ContentType));
        routes.MapGet("/sessions", () => Results.Json(sessions.List(), ChannelJson.Default.IReadOnlyListSessionReport));
        routes.MapDelete("/sessions/{id:long}", Disconnect);
        routes.MapPost("/drain", Drain);
    }

    /// <summary>A page in some browser on this host must not be able to give orders:
    /// browsers say where a request comes from, tools do not.</summary>
    public static Task RefuseBrowsersAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return next(context);
        if (context.Request.Headers.Origin.Count == 0 && context.Request.Headers["Sec-Fetch-Site"].Count == 0)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("Orders are not taken from web pages.\n", context.RequestAborted);
    }

    private IResult Readyz()
    {
        var obstacles = drain.IsDraining ? ["The gateway is draining.", .. readiness.Obstacles()] : readiness.Obstacles();
        var report = new ReadinessReport(obstacles.Count == 0, obstacles);
        return Results.Json(
            report, AdminJson.Default.ReadinessReport,
            statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private IResult Disconnect(long id)
    {
        if (!sessions.TryDisconnect(id))
            return Results.Text($"There is no session {id}.\n", statusCode: StatusCodes.Status404NotFound);
        AdminLog.DisconnectAsked(logger, id);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private IResult Drain()
    {
        if (!drain.IsDraining) AdminLog.DrainAsked(logger);
        drain.Begin();
        return Results.Json(
            new DrainReport(drain.IsDraining, sessions.List().Count),
            ChannelJson.Default.DrainReport,
            statusCode: StatusCodes.Status202Accepted);
    }
}
