using GatewayConfig.Channel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SstpGateway.Listening;

namespace SstpGateway.Admin;

/// <summary>Holds clients with the certificate of a <see cref="MetricsClient"/> to <c>GET /metrics</c>,
/// whatever else is mapped.</summary>
internal sealed class MetricsOnlyClients(TimeProvider clock, ILogger logger)
{
    private readonly RareLine _refusals = new(clock);

    public Task HoldAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (context.Connection.ClientCertificate is not { } client
            || !client.MatchesHostname(MetricsClient.Name, allowWildcards: false, allowCommonName: false)
            || (HttpMethods.IsGet(request.Method) && request.Path.Equals(ChannelRoutes.Metrics, StringComparison.Ordinal)))
            return next(context);

        if (_refusals.MayWrite(out var unsaid))
            AdminLog.MetricsClientRefused(
                logger, request.Method, context.Connection.RemoteIpAddress?.ToString() ?? "a local socket", unsaid);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            $"This certificate is for GET {ChannelRoutes.Metrics} and nothing else.\n", context.RequestAborted);
    }
}
