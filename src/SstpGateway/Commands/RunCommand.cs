using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using PrometheusText;
using SstpGateway.Admin;
using SstpGateway.Configuration;
using SstpGateway.Forwarding;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpGateway.Tracing;
using SstpTransport.Linux;
using SstpTransport.Nftables;
using TraceExport;

namespace SstpGateway.Commands;

/// <summary><c>sstp-gateway run --config FILE</c>: the gateway, until SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var state = StateOption.Create();
        var json = new Option<bool>("--json-log") { Description = "Write the log as one JSON object a line." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Log what visitors who are no clients do, too." };
        var command = new Command(
            "run", "Run the gateway. SIGTERM drains and stops, a second one stops at once; SIGHUP reads the files again.")
        {
            config, state, json, verbose,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(config).FullName, parsed.GetRequiredValue(state).FullName,
            parsed.GetValue(json), parsed.GetValue(verbose)));
        return command;
    }

    private static async Task<int> RunAsync(string path, string stateFolder, bool json, bool verbose)
    {
        await using var provider = Services(json, verbose).BuildServiceProvider();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger("SstpGateway");
        var metrics = new GatewayMetrics(provider.GetRequiredService<IMeterFactory>());
        using var exporter = new PrometheusExporter(metrics.IsOwn);
        try
        {
            using var traces = OtlpTraces.Start("sstp-gateway", StatusSource.Version, GatewayTracing.SourceName);
            var configuration = ConfigurationSources.Open(
                path, stateFolder, TimeProvider.System, metrics, loggers.CreateLogger("SstpGateway.Configuration"));
            await using var gateway = new Gateway(configuration, stateFolder, metrics, TimeProvider.System, loggers);
            using var lifetime = new Lifetime();
            using var signals = lifetime.FollowSignals(gateway.Reload);
            await using var admin = await AdminServer.StartAsync(
                configuration.Running.Current.Admin, gateway.Sessions, gateway, lifetime,
                gateway.Channel, exporter, TimeProvider.System, loggers,
                CancellationToken.None);
            Privileges.Report(logger);
            ServiceManager.NotifyReady();
            ProgramLog.Ready(logger);

            await await Task.WhenAny(lifetime.DrainBegun, gateway.WhenFailedAsync());
            ServiceManager.NotifyStopping();
            await gateway.DrainAsync(lifetime.Hurry);
            return ExitCode.Success;
        }
        catch (FormatException e)
        {
            // The variables for traces.
            ProgramLog.CannotStart(logger, e.Message);
            return ExitCode.Configuration;
        }
        catch (ConfigurationException e)
        {
            ProgramLog.CannotStart(logger, e.Message);
            return ExitCode.Configuration;
        }
        catch (Exception e) when (e is SystemCallException or NftablesException or AddressConflictException or ListenException
            or IOException or UnauthorizedAccessException or SocketException)
        {
            ProgramLog.CannotStart(logger, e.Message);
            return ExitCode.Host;
        }
    }

    internal static ServiceCollection Services(bool json, bool verbose)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information);
            logging.AddFilter("Microsoft", LogLevel.Warning);
            if (json)
            {
                logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
                return;
            }

            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.ColorBehavior = LoggerColorBehavior.Disabled;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        });
        return services;
    }
}
