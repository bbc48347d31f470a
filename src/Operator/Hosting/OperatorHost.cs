using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Events;
using KubeApi.Leases;
using KubeApi.Objects;
using KubeApi.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Operator.Listening;
using Operator.Reconciling;
using Operator.StatusPage;
using PrometheusText;
using TraceExport;

namespace Operator.Hosting;

/// <summary>The operator's parts, joined: watches always, reconcilers while this replica leads,
/// health and metrics for whoever asks.</summary>
public sealed class OperatorHost : IAsyncDisposable
{
    /// <summary>To the page of health and metrics: the kubelet, Prometheus, and people.</summary>
    internal const int MaxConnections = 200;

    internal const int MaxOfSender = 50;

    private const string LeaseName = "sstp-operator";

    private static readonly string[] Meters = [QueueMetrics.MeterName, ReconcileMetrics.MeterName, WatchMetrics.MeterName];

    private readonly WebApplication _app;
    private readonly OperatorOptions _options;
    private readonly ILogger _logger;
    private readonly PrometheusExporter _exporter;
    private readonly IDisposable? _traces;
    private readonly Watches _watches;
    private readonly IReadOnlyList<IController> _controllers;
    private readonly KubeClient _leaseClient;
    private volatile bool _isLeading;

    /// <param name="logging">Where the log goes.</param>
    /// <exception cref="FormatException">The variables for traces say nothing that makes sense.</exception>
    public OperatorHost(OperatorOptions options, ClusterAccess access, Action<ILoggingBuilder> logging)
    {
        _options = options;
        _traces = OtlpTraces.Start("sstp-operator", ProgramVersion.Text, ReconcileTracing.SourceName);
        var builder = WebApplication.CreateSlimBuilder();
        var connections = new SenderConnections(
            MaxConnections, MaxOfSender, TimeProvider.System, (sender, unsaid) => OperatorLog.Crowded(_logger!, sender, unsaid));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.HealthAddress, connections.Guard));
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        builder.Services.AddOperator(options, access);
        _app = builder.Build();

        var services = _app.Services;
        _logger = services.GetRequiredService<ILogger<OperatorHost>>();
        _watches = services.GetRequiredService<Watches>();
        var meters = services.GetRequiredService<IMeterFactory>();
        _exporter = new PrometheusExporter(meter => ReferenceEquals(meter.Scope, meters) && IsOwn(meter.Name));
        _ = new WatchMetrics(meters, _watches, () => _isLeading);
        _controllers = [.. services.GetServices<IController>()];
        // Its own connection: a renewal that queues behind a thousand reads comes too late.
        _leaseClient = OperatorServices.NewClient(services, access);
        MapEndpoints();
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Runs until told to stop.</summary>
    /// <returns>False when the lease was lost: end the process.</returns>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        await ListenAsync(stopping).ConfigureAwait(false);
        OperatorLog.Starting(
            _logger, ProgramVersion.Text, _options.Identity, Services.GetRequiredService<ClusterAccess>().Server,
            _options.Namespaces.Count == 0 ? "all" : string.Join(", ", _options.Namespaces), HealthEndPoint);

        using var ending = new CancellationTokenSource();
        var watching = _watches.RunAsync(ending.Token);
        var recording = Services.GetRequiredService<EventRecorder>().RunAsync(ending.Token);
        try
        {
            return await WorkAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watching, recording).ConfigureAwait(false);
            await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            OperatorLog.Stopped(_logger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _exporter.Dispose();
        _traces?.Dispose();
        _leaseClient.Dispose();
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        try
        {
            await _app.StartAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e.GetBaseException() is SocketException)
        {
            throw new IOException(
                $"The operator's page cannot listen on {_options.HealthAddress}: {e.GetBaseException().Message}. "
                + "Give another address or port with --health-address.", e);
        }
    }

    private IPEndPoint HealthEndPoint =>
        _app.Urls.Select(url => new Uri(url)).Select(url => new IPEndPoint(_options.HealthAddress.Address, url.Port)).First();

    private async Task<bool> WorkAsync(CancellationToken stopping)
    {
        await _watches.WaitForSyncAsync(stopping).ConfigureAwait(false);
        OperatorLog.Synced(_logger);
        if (!_options.ElectsLeader)
        {
            await LeadAsync(stopping).ConfigureAwait(false);
            return true;
        }

        var elector = new LeaderElector(
            _leaseClient,
            new LeaderElectionOptions
            {
                Lease = new ObjectKey(_options.OwnNamespace ?? _leaseClient.DefaultNamespace, LeaseName),
                Identity = _options.Identity,
            },
            Services.GetRequiredService<TimeProvider>(), Services.GetRequiredService<ILogger<LeaderElector>>());
        return await elector.RunAsync(LeadAsync, stopping).ConfigureAwait(false);
    }

    private async Task LeadAsync(CancellationToken leading)
    {
        _isLeading = true;
        OperatorLog.Working(_logger, string.Join(", ", _controllers.Select(controller => controller.Name)));
        try
        {
            await Task.WhenAll([Task.Delay(Timeout.Infinite, leading), .. _controllers.Select(
                controller => controller.RunAsync(leading))]).ConfigureAwait(false);
        }
        finally
        {
            _isLeading = false;
        }
    }

    private void MapEndpoints()
    {
        _app.MapGet("/healthz", () => Answer(HealthReport.Stuck(_watches.Health)));
        _app.MapGet("/readyz", () => Answer(HealthReport.NotReady(_watches.Health)));
        _app.MapGet("/metrics", () => Results.Text(_exporter.Scrape(), PrometheusExporter.ContentType));
        if (_options.ShowsStatusPage) new StatusPageEndpoint(_watches, Services.GetRequiredService<TimeProvider>()).Map(_app);
    }

    private static IResult Answer(IReadOnlyList<string> problems) => problems.Count == 0
        ? Results.Text("ok\n")
        : Results.Text(string.Join('\n', problems) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static bool IsOwn(string meter) => Meters.Contains(meter) || meter.StartsWith("Operator.", StringComparison.Ordinal);
}
