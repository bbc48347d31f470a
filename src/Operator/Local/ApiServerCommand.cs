using System.CommandLine;
using System.Net;
using LocalControlPlane;
using LocalControlPlane.Definitions;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging;
using Operator.Hosting;

namespace Operator.Local;

/// <summary><c>sstp-operator apiserver</c>: the embedded API server alone, to develop and test against.</summary>
internal static class ApiServerCommand
{
    public static Command Create()
    {
        var data = LocalOptions.Data();
        var listen = LocalOptions.Listen();
        var kubeconfig = LocalOptions.Kubeconfig();
        var definitions = LocalOptions.Definitions();
        var audit = LocalOptions.AuditLog();
        var command = new Command("apiserver", "Run the embedded API server alone, until SIGTERM. For one host, tests and demonstrations.")
        {
            data, listen, kubeconfig, definitions, audit,
        };
        command.SetAction((parsed, _) => RunAsync(new ControlPlaneOptions(parsed.GetRequiredValue(data).FullName)
        {
            Listen = IPEndPoint.Parse(parsed.GetRequiredValue(listen)),
            KubeconfigFile = parsed.GetValue(kubeconfig)?.FullName,
            DefinitionFolder = LocalOptions.FindDefinitions(parsed.GetValue(definitions)),
            AuditFile = parsed.GetValue(audit)?.FullName,
        }));
        return command;
    }

    private static async Task<int> RunAsync(ControlPlaneOptions options)
    {
        using var loggers = LoggerFactory.Create(LocalLogging.ToStandardError);
        using var stopping = new StopSignals();
        try
        {
            await using var controlPlane = await ControlPlane.StartAsync(options, TimeProvider.System, loggers, stopping.Token);
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stopping.Token), controlPlane.Failed);
            if (controlPlane.Failed.IsFaulted) await controlPlane.Failed;
            return ExitCode.Success;
        }
        catch (Exception e) when (e is StorageException or DefinitionException or IOException or UnauthorizedAccessException)
        {
            LocalLog.CannotStart(loggers.CreateLogger(typeof(ApiServerCommand).FullName!), e.Message);
            return e is DefinitionException ? ExitCode.Configuration : ExitCode.Host;
        }
    }
}
