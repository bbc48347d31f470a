using System.Net.Security;
using GatewayConfig.Channel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Operator.Dns.Peers;
using Operator.Listening;

namespace Operator.Dns.Push;

/// <summary>The listener of <c>/nic/update</c>: its own port, since it faces the Internet and health checks do not.</summary>
/// <param name="peers">Null: nobody has this operator look.</param>
public sealed class PushServer(PushOptions options, PushAnswerer answerer, ILoggerFactory loggers, PeerAnswerer? peers = null)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Reports are one short request each.</summary>
    internal const int MaxConnections = 500;

    /// <summary>A site with many routers behind one address is far below.</summary>
    internal const int MaxOfSender = 20;

    private readonly ILogger _logger = loggers.CreateLogger<PushServer>();
    private WebApplication? _app;

    /// <summary>Where it listens, once it was started.</summary>
    public Uri? Url => _app?.Urls.Select(url => new Uri(url)).FirstOrDefault();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var connections = new SenderConnections(
            MaxConnections, MaxOfSender, TimeProvider.System, (sender, unsaid) => PushLog.Crowded(_logger, sender, unsaid));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(options.Address, listen =>
            {
                // A report is one request. Over HTTP/2 a sender can leave a hundred answers unread in each connection.
                listen.Protocols = HttpProtocols.Http1;
                connections.Guard(listen);
                if (options is { CertificateFile: { } file, KeyFile: { } key })
                {
                    var certificate = new PushCertificate(file, key, _logger);
                    listen.UseHttps(
                        (_, _, _, _) => ValueTask.FromResult(
                            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }),
                        null!);
                }
            });
        });
        _app = builder.Build();
        _app.MapGet("/nic/update", AnswerAsync);
        _app.MapGet("/v3/update", AnswerAsync);
        if (peers is not null) _app.MapGet(PeerVantages.Path, (Delegate)LookAsync);
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (status, body) = await answerer.AnswerAsync(
            context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None,
            context.Request.Headers.Authorization,
            query["hostname"],
            [.. query["myip"].OfType<string>(), .. query["myipv6"].OfType<string>()],
            context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"ddns\"";
        context.Response.ContentLength = body.Length;    // ddclient reads the length of a chunk as the answer
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private async Task<IResult> LookAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (status, seen) = await peers!.AnswerAsync(
            context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None, context.Request.Headers.Authorization,
            query["name"], query["address"], query["port"],
            context.RequestAborted);
        return seen is null
            ? Results.StatusCode(status)
            : Results.Json(seen, ChannelJson.Default.ProbeResult, statusCode: status);
    }
}
