using System.CommandLine;
using System.Net;
using KubeApi.Credentials;
using Microsoft.Extensions.Logging;

namespace Operator.Hosting;

/// <summary><c>sstp-operator run</c>: the operator, until SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOption();
        var namespaces = new Option<string[]>("--namespace", "-n")
        {
            Description = "Namespace to look after; may be given several times. Left out: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var own = new Option<string?>("--own-namespace") { Description = "Where the Lease and the channel's CA are kept. Left out: the credential's namespace." };
        var health = new Option<string>("--health-address")
        {
            Description = "Address and port of /healthz, /readyz and /metrics.",
            DefaultValueFactory = _ => "0.0.0.0:8080",
        };
        var image = new Option<string>("--gateway-image")
        {
            Description = "Image of gateways that name none.",
            DefaultValueFactory = _ => OperatorOptions.DefaultGatewayImage,
        };
        var noElection = new Option<bool>("--no-leader-election") { Description = "Work at once. Only where there can be no second operator." };
        var push = new Option<string?>("--push-address") { Description = "Address and port where routers report their address at /nic/update. Left out: nowhere." };
        var pushCertificate = new Option<string?>("--push-certificate") { Description = "PEM file of its certificate. Left out: plain HTTP, for behind something that ends TLS." };
        var pushKey = new Option<string?>("--push-key") { Description = "PEM file of its key." };
        var logging = new LoggingOption();
        var command = new Command("run", "Run the operator. SIGTERM hands the lease over and stops.") { namespaces, own, health, image, noElection, push, pushCertificate, pushKey };
        cluster.AddTo(command);
        logging.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var loggers = LoggerFactory.Create(logging.Configure(parsed));
            var logger = loggers.CreateLogger(typeof(RunCommand).FullName!);
            if (!IPEndPoint.TryParse(parsed.GetRequiredValue(health), out var address))
            {
                OperatorLog.CannotStart(logger, "--health-address needs an address and a port, such as 0.0.0.0:8080");
                return ExitCode.Usage;
            }

            IPEndPoint? reports = null;
            if (parsed.GetValue(push) is { } pushText && !IPEndPoint.TryParse(pushText, out reports))
            {
                OperatorLog.CannotStart(logger, "--push-address needs an address and a port, such as 0.0.0.0:8443");
                return ExitCode.Usage;
            }

            try
            {
                var options = new OperatorOptions
                {
                    Namespaces = parsed.GetValue(namespaces) ?? [],
                    OwnNamespace = parsed.GetValue(own),
                    HealthAddress = address,
                    GatewayImage = parsed.GetRequiredValue(image),
                    ElectsLeader = !parsed.GetValue(noElection),
                    Push = reports is null ? null : new Dns.Push.PushOptions(reports, parsed.GetValue(pushCertificate), parsed.GetValue(pushKey)),
                };
                await using var host = new OperatorHost(options, cluster.Access(parsed), logging.Configure(parsed));
                using var stopping = new StopSignals();
                if (await host.RunAsync(stopping.Token)) return ExitCode.Success;

                OperatorLog.LeaseLost(logger);
                return ExitCode.Unavailable;
            }
            catch (CredentialException e)
            {
                OperatorLog.CannotStart(logger, e.Message);
                return ExitCode.Configuration;
            }
            catch (IOException e)
            {
                // Kestrel's word for an address that is taken.
                OperatorLog.CannotStart(logger, e.Message);
                return ExitCode.Host;
            }
        });
        return command;
    }
}
