using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Admin;
using GatewayConfig.Formats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrometheusText;

namespace SstpGateway.Admin;

/// <summary>The administration endpoint: on loopback or a UNIX socket for this host, and over mutual TLS for others.</summary>
public sealed class AdminServer : IAsyncDisposable
{
    private readonly WebApplication? _application;

    private AdminServer(WebApplication? application, IReadOnlyList<string> endpoints)
    {
        _application = application;
        Endpoints = endpoints;
    }

    /// <summary>Where it listens, with the ports that were really taken; empty when the configuration turns it off.</summary>
    public IReadOnlyList<string> Endpoints { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">An address or a socket is in use, or the files of admin.tls are not fit for use.</exception>
    public static async Task<AdminServer> StartAsync(
        AdminConfig config,
        ISessionDirectory sessions,
        IReadiness readiness,
        IDrain drain,
        ChannelServices channel,
        PrometheusExporter exporter,
        TimeProvider clock,
        ILoggerFactory loggers,
        CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.Listen is null && config.Tls is null) return new AdminServer(null, []);

        var logger = loggers.CreateLogger<AdminServer>();
        var socket = SocketPath(config);
        if (socket is not null) AdminSocket.Clear(socket);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, config, socket, clock, logger));

        var application = builder.Build();
        application.Use(new MetricsOnlyClients(clock, logger).HoldAsync);
        application.Use(AdminEndpoints.RefuseBrowsersAsync);
        new AdminEndpoints(sessions, readiness, drain, exporter, logger).Map(application);
        new ChannelEndpoints(channel, logger).Map(application);
        try
        {
            await application.StartAsync(stopping).ConfigureAwait(false);
            if (socket is not null) AdminSocket.Protect(socket);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        foreach (var endpoint in application.Urls) AdminLog.Listening(logger, endpoint);
        return new AdminServer(application, [.. application.Urls]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is null) return;

        // A scrape that hangs must not hold up the end of the process.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(
        KestrelServerOptions kestrel, AdminConfig config, string? socket, TimeProvider clock, ILogger logger)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        // The operator and Prometheus ask for one thing at a time. Over HTTP/2 a peer can leave a hundred answers unread in
        // each connection.
        kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
        var connections = new AdminConnections(clock, logger);
        if (socket is not null) kestrel.ListenUnixSocket(socket, connections.GuardLocal);
        else if (config.Listen is not null && AddressPort.TryParse(config.Listen, out var local))
            kestrel.Listen(local, connections.GuardLocal);

        if (config.Tls is not { } tls || !AddressPort.TryParse(tls.Listen, out var remote)) return;
        var files = new AdminTlsFiles(tls, clock, logger);
        kestrel.Listen(remote, listen => connections.GuardRemote(listen, inner => inner.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(Authentication(files)),
        })));
    }

    private static SslServerAuthenticationOptions Authentication(AdminTlsFiles files) => new()
    {
        ServerCertificateContext = files.Certificate.Context,
        ClientCertificateRequired = true,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            files.Trusts(certificate as X509Certificate2),
    };

    private static string? SocketPath(AdminConfig config) =>
        config.Listen?.StartsWith(AdminConfig.UnixPrefix, StringComparison.Ordinal) == true
            ? config.Listen[AdminConfig.UnixPrefix.Length..]
            : null;
}
