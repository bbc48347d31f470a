using System.Net;
using System.Net.Sockets;
using LocalControlPlane.Authentication;
using LocalControlPlane.Authorization;
using LocalControlPlane.Definitions;
using LocalControlPlane.Discovery;
using LocalControlPlane.Logs;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;
using LocalControlPlane.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Serving;

/// <summary>The API over HTTPS.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    // As real API servers allow. Clients with more watches open another connection.
    private const int StreamsPerConnection = 100;

    private readonly WebApplication _application;
    private readonly ServerLifetime _lifetime;
    private readonly AuditLog? _audit;

    private ApiServer(WebApplication application, ServerLifetime lifetime, AuditLog? audit, Uri endpoint, string kubeconfigFile)
    {
        _application = application;
        _lifetime = lifetime;
        _audit = audit;
        Endpoint = endpoint;
        KubeconfigFile = kubeconfigFile;
    }

    public Uri Endpoint { get; }

    public string KubeconfigFile { get; }

    public static async Task<ApiServer> StartAsync(
        ControlPlaneOptions options,
        DataFolder folder,
        ServerAuthority authority,
        ObjectStore store,
        TypeRegistry types,
        TimeProvider clock,
        ILoggerFactory loggers,
        CancellationToken stopping)
    {
        var logger = loggers.CreateLogger<ApiServer>();
        var token = Authentication.TokenFile.Open(folder.TokenFile);
        var certificate = authority.ServerCertificate(Names(options));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        var connections = new ServerConnections(clock, logger);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
            // A watch may say nothing for a minute.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(options.Listen, listen =>
            {
                connections.Guard(listen);
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    // Who is not known is told so by a Status, not by a broken handshake.
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            });
        });

        var lifetime = new ServerLifetime();
        var application = builder.Build();
        var audit = options.AuditFile is null ? null : new AuditLog(options.AuditFile);
        var accounts = new ServiceAccountTokens(
            System.Text.Encoding.ASCII.GetBytes(Authentication.TokenFile.Open(folder.ServiceAccountKeyFile)), store, clock);
        var pipeline = Pipeline(
            options, new Authenticator(authority, token, accounts), new Guard(new Authorizer(store), store, audit),
            accounts, connections, store, types, clock, lifetime, logger);
        application.Run(pipeline.ServeAsync);
        try
        {
            await application.StartAsync(stopping).ConfigureAwait(false);
            var endpoint = Reachable(new Uri(application.Urls.First()), options.Listen.Address);
            var kubeconfig = options.KubeconfigFile ?? Path.Combine(folder.Path, "kubeconfig");
            Kubeconfig.Write(kubeconfig, endpoint, authority, token);
            ServingLog.Listening(logger, endpoint.ToString(), kubeconfig);
            return new ApiServer(application, lifetime, audit, endpoint, kubeconfig);
        }
        catch (Exception e)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            audit?.Dispose();
            lifetime.Dispose();
            if (e.GetBaseException() is not SocketException cause) throw;
            throw new IOException(
                $"The API server cannot listen on {options.Listen}: {cause.Message}. Give an address of this host, "
                + "and a port that no other program has.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lifetime.Stop();
        // A client that does not read must not hold up the end of the process.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _audit?.Dispose();
        _lifetime.Dispose();
    }

    private static RequestPipeline Pipeline(
        ControlPlaneOptions options, Authenticator authenticator, Guard guard,
        ServiceAccountTokens accounts, ServerConnections connections, ObjectStore store, TypeRegistry types,
        TimeProvider clock, ServerLifetime lifetime, ILogger logger)
    {
        var reader = new ObjectReader(store);
        var writer = new ObjectWriter(store, clock);
        var tables = new TableAnswer(clock);
        return new RequestPipeline(
            authenticator,
            connections,
            new RequestsInProgress(),
            guard,
            types,
            new DiscoveryEndpoint(types),
            new OpenApiEndpoint(types),
            new ObjectEndpoint(
                reader, writer, new ObjectRemover(store, clock),
                new WatchEndpoint(new ObjectWatcher(store, clock), tables, lifetime), tables),
            new ScaleEndpoint(reader, writer),
            new LogEndpoint(store, options.PodLogs, clock, lifetime),
            new TokenEndpoint(reader, accounts, clock),
            logger);
    }

    private static List<string> Names(ControlPlaneOptions options)
    {
        List<string> names = ["localhost", "127.0.0.1", "::1", "kubernetes.default.svc", .. options.Names];
        if (!IsAny(options.Listen.Address)) names.Add(options.Listen.Address.ToString());
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // A server that listens on every address is called by the one that is always there.
    private static Uri Reachable(Uri bound, IPAddress address) =>
        IsAny(address) ? new UriBuilder(bound) { Host = IPAddress.Loopback.ToString() }.Uri : bound;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
