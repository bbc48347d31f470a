using System.CommandLine;
using System.Net;
using KubeApi.Credentials;
using LocalControlPlane;
using LocalControlPlane.Definitions;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging;
using Operator.Hosting;
using Spectre.Console;

namespace Operator.Local;

/// <summary><c>sstp-operator local</c>: everything on one Linux host, without a cluster.</summary>
internal static class LocalCommand
{
    public static Command Create()
    {
        var manifests = new Option<DirectoryInfo?>("--manifests")
        {
            Description =
                "Folder of YAML files that is applied, and kept applied as its files change; what it stops to name is deleted.",
        };
        manifests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { Exists: false } folder)
                result.AddError($"{folder.FullName} is no folder; give the one with your YAML files.");
        });
        var data = LocalOptions.Data();
        var listen = LocalOptions.Listen();
        var kubeconfig = LocalOptions.Kubeconfig();
        var definitions = LocalOptions.Definitions();
        var gateway = new Option<FileInfo?>("--gateway-program")
        {
            Description =
                "The gateway's program, or its assembly (.dll); the one beside this program, or on the PATH, unless given.",
        };
        var health = LocalOptions.HealthAddress();
        var cgroup = new Option<DirectoryInfo?>("--cgroup")
        {
            Description = "A cgroup v2 folder below which each gateway gets its own; none unless given.",
        };
        var metricsClient = MetricsClientOption.Create(LocalHost.OwnNamespace);
        var stops = new Option<bool>("--stop-workloads")
        {
            Description = "End the gateways, too, when told to end; without it they go on and are taken over.",
        };
        var plain = new Option<bool>("--plain") { Description = "Lines instead of a table, also on a terminal." };
        var command = new Command(
            "local", "Run API server, operator and gateways on this host, without a cluster, until SIGTERM.")
        {
            manifests, data, listen, kubeconfig, definitions, gateway, health, cgroup, metricsClient, stops, plain,
            BackupCommand.CreateSave(), BackupCommand.CreateRestore(),
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(data).FullName,
            parsed.GetValue(plain) || !AnsiConsole.Profile.Out.IsTerminal,
            () => new LocalSettings(
                new ControlPlaneOptions(parsed.GetRequiredValue(data).FullName)
                {
                    Listen = IPEndPoint.Parse(parsed.GetRequiredValue(listen)),
                    KubeconfigFile = parsed.GetValue(kubeconfig)?.FullName,
                    DefinitionFolder = LocalOptions.FindDefinitions(parsed.GetValue(definitions)),
                },
                parsed.GetValue(manifests)?.FullName,
                GatewayProgram.Find(parsed.GetValue(gateway)?.FullName),
                IPEndPoint.Parse(parsed.GetRequiredValue(health)),
                parsed.GetValue(cgroup)?.FullName,
                parsed.GetValue(metricsClient),
                parsed.GetValue(stops))));
        return command;
    }

    private static async Task<int> RunAsync(string data, bool isPlain, Func<LocalSettings> settings)
    {
        using var console = LoggerFactory.Create(LocalLogging.ToStandardError);
        using var stopping = new StopSignals();
        try
        {
            if (isPlain)
            {
                await new LocalHost(settings(), LocalLogging.ToStandardError, TimeProvider.System)
                    .RunAsync(new PlainLines(Console.Out), stopping.Token);
                return ExitCode.Success;
            }

            DataFolder.Open(data).Dispose();
            using var file = new FileLog(Path.Combine(data, "operator.log"), TimeProvider.System);
            await new LocalHost(settings(), LocalLogging.To(file), TimeProvider.System)
                .RunAsync(new LiveTable(AnsiConsole.Console, file), stopping.Token);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is StorageException or DefinitionException or CredentialException or IOException
            or InvalidDataException
            or UnauthorizedAccessException or FormatException)
        {
            LocalLog.CannotStart(console.CreateLogger(typeof(LocalCommand).FullName!), e.Message);
            return e is DefinitionException or FormatException ? ExitCode.Configuration : ExitCode.Host;
        }
    }
}
