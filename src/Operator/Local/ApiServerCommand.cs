using System.CommandLine;
using System.Net;
using LocalControlPlane;
using LocalControlPlane.Definitions;
using LocalControlPlane.Storage;
using LocalControlPlane.Workloads;
using LocalControlPlane.Workloads.Pods;
using Microsoft.Extensions.Logging;
using Operator.Hosting;

namespace Operator.Local;

/// <summary><c>sstp-operator apiserver</c>: the embedded API server without an operator, to develop and test against.</summary>
internal static class ApiServerCommand
{
    public static Command Create()
    {
        var data = LocalOptions.Data();
        var listen = LocalOptions.Listen();
        var kubeconfig = LocalOptions.Kubeconfig();
        var definitions = LocalOptions.Definitions();
        var audit = LocalOptions.AuditLog();
        var gateway = new Option<FileInfo?>("--gateway-program")
        {
            Description = "Run pods of gateways, too, with this program or assembly (.dll); none are run unless given. "
                + "They go on when the server ends.",
        };
        var command = new Command(
            "apiserver",
            "Run the embedded API server without an operator, until SIGTERM. For one host, tests and demonstrations.")
        {
            data, listen, kubeconfig, definitions, audit, gateway,
        };
        command.SetAction((parsed, _) => RunAsync(
            new ControlPlaneOptions(parsed.GetRequiredValue(data).FullName)
            {
                Listen = IPEndPoint.Parse(parsed.GetRequiredValue(listen)),
                KubeconfigFile = parsed.GetValue(kubeconfig)?.FullName,
                DefinitionFolder = LocalOptions.FindDefinitions(parsed.GetValue(definitions)),
                AuditFile = parsed.GetValue(audit)?.FullName,
            },
            parsed.GetValue(gateway)?.FullName));
        return command;
    }

    /// <param name="gateway">Null when no pods are run.</param>
    private static async Task<int> RunAsync(ControlPlaneOptions options, string? gateway)
    {
        using var loggers = LoggerFactory.Create(LocalLogging.ToStandardError);
        using var stopping = new StopSignals();
        try
        {
            var workloads = gateway is null ? null : LocalHost.Workloads(options.DataFolder, GatewayProgram.Find(gateway));
            await using var controlPlane = await ControlPlane.StartAsync(
                options with { PodLogs = workloads is null ? options.PodLogs : new PodLogFiles(workloads) },
                TimeProvider.System, loggers, stopping.Token);
            await using var runner = workloads is null
                ? null
                : WorkloadRunner.Start(new ControlPlaneStore(controlPlane), workloads, TimeProvider.System, loggers);
            var first = await Task.WhenAny([Task.Delay(Timeout.Infinite, stopping.Token), controlPlane.Failed, .. runner is null
                ? []
                : new[] { runner.Completion }]);
            if (first.IsFaulted) await first;
            return ExitCode.Success;
        }
        catch (Exception e) when (e is StorageException or DefinitionException or IOException or UnauthorizedAccessException)
        {
            LocalLog.CannotStart(loggers.CreateLogger(typeof(ApiServerCommand).FullName!), e.Message);
            return e is DefinitionException ? ExitCode.Configuration : ExitCode.Host;
        }
    }
}
