using KubeApi.Credentials;
using LocalControlPlane;
using LocalControlPlane.Manifests;
using LocalControlPlane.Workloads;
using LocalControlPlane.Workloads.Pods;
using Microsoft.Extensions.Logging;
using Operator.Hosting;

namespace Operator.Local;

/// <summary>
/// API server, runner and operator in one process. The gateways are processes of their own: when this one ends, however it
/// ends, they go on, and the next one takes them over.
/// </summary>
internal sealed class LocalHost(LocalSettings settings, Action<ILoggingBuilder> logging, TimeProvider clock)
{
    /// <summary>Where the operator keeps what is its own.</summary>
    public const string OwnNamespace = "kube-system";

    /// <summary>The image by which the operator's pods ask for a gateway, without its tag.</summary>
    private static readonly string GatewayImage = OperatorOptions.DefaultGatewayImage.Split(':')[0];

    /// <summary>For the drain of gateways that are told to end; their own drain time is in their configuration.</summary>
    private static readonly TimeSpan WorkloadGrace = TimeSpan.FromSeconds(60);

    /// <summary>How the pods of gateways are run, with their files below the data folder.</summary>
    public static RunnerOptions Workloads(string dataFolder, ProgramCommand gateway) => new(Path.Combine(dataFolder, "workloads"))
    {
        Programs = new Dictionary<string, ProgramCommand> { [GatewayImage] = gateway },
    };

    /// <summary>Runs until told to stop.</summary>
    public async Task RunAsync(IStatusView view, CancellationToken stopping)
    {
        using var loggers = LoggerFactory.Create(logging);
        var logger = loggers.CreateLogger<LocalHost>();
        var runnerOptions = Workloads(settings.ControlPlane.DataFolder, settings.Gateway) with
        {
            CgroupFolder = settings.CgroupFolder,
        };
        await using var plane = await ControlPlane.StartAsync(
            settings.ControlPlane with { PodLogs = new PodLogFiles(runnerOptions) }, clock, loggers, stopping)
            .ConfigureAwait(false);
        await using var runner = WorkloadRunner.Start(new ControlPlaneStore(plane), runnerOptions, clock, loggers);
        await using var operatorHost = new OperatorHost(
            new OperatorOptions
            {
                ElectsLeader = false,
                OwnNamespace = OwnNamespace,
                HealthAddress = settings.HealthAddress,
                ShowsStatusPage = true,
                GatewayEnvironment = OperatorOptions.TraceVariables(),
                MetricsClientSecret = settings.MetricsClientSecret,
            },
            Kubeconfig.Load(plane.KubeconfigFile).Access(null, clock), logging);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            plane.Failed,
            runner.Completion,
            operatorHost.RunAsync(ending.Token),
            settings.Manifests is null
                ? Task.Delay(Timeout.Infinite, ending.Token)
                : new ManifestApplier(
                    plane, new ManifestFolder(settings.Manifests), clock, loggers.CreateLogger<ManifestApplier>())
                    .RunAsync(ending.Token),
            view.ShowAsync(plane, ending.Token),
        ];
        ServiceNotification.Ready();

        // One part that ends before it is told to has failed, and the others are of no use without it.
        var first = await Task.WhenAny([Task.Delay(Timeout.Infinite, stopping), .. parts]).ConfigureAwait(false);
        ServiceNotification.Stopping();
        await ending.CancelAsync().ConfigureAwait(false);
        if (!stopping.IsCancellationRequested)
            LocalLog.PartFailed(logger, first.Exception?.InnerException?.Message ?? "it ended by itself");
        foreach (var part in parts.Skip(2)) await part.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        LocalLog.Ending(logger, settings.StopsWorkloads ? "are told to end, too" : "go on");
        if (settings.StopsWorkloads) await runner.StopWorkloadsAsync(WorkloadGrace).ConfigureAwait(false);
        if (!stopping.IsCancellationRequested) await first.ConfigureAwait(false);
    }
}
