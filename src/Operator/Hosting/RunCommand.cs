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
        var own = new Option<string?>("--own-namespace")
        {
            Description = "Where the Lease and the channel's CA are kept. Left out: the credential's namespace.",
        };
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
        var noElection = new Option<bool>("--no-leader-election")
        {
            Description = "Work at once. Only where there can be no second operator.",
        };
        var push = new Option<string?>("--push-address")
        {
            Description = "Address and port where routers report their address at /nic/update. Left out: nowhere.",
        };
        var pushCertificate = new Option<string?>("--push-certificate")
        {
            Description = "PEM file of its certificate. Left out: plain HTTP, for behind something that ends TLS.",
        };
        var pushKey = new Option<string?>("--push-key") { Description = "PEM file of its key." };
        var peerTokens = new Option<string?>("--peer-tokens")
        {
            Description = "File with a name and a token a line: operators elsewhere for whom this one looks at their names, "
                + "at the push address. Left out: for nobody.",
        };
        var peerPorts = new Option<int[]>("--peer-port")
        {
            Description = "Port that is looked at for them; may be given several times.", DefaultValueFactory = _ => [443],
        };
        var peerRanges = new Option<string[]>("--peer-range")
        {
            Description = "Network that is looked at for them although it is not public; may be given several times.",
        };
        var metricsClient = MetricsClientOption.Create("the own namespace");
        var logging = new LoggingOption();
        var command = new Command("run", "Run the operator. SIGTERM hands the lease over and stops.")
        {
            namespaces, own, health, image, noElection, push, pushCertificate, pushKey,
            peerTokens, peerPorts, peerRanges, metricsClient,
        };
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

            var networks = (parsed.GetValue(peerRanges) ?? [])
                .Select(text => IPNetwork.TryParse(text, out var network) ? network : (IPNetwork?)null).ToArray();
            if (networks.Contains(null))
            {
                OperatorLog.CannotStart(logger, "--peer-range needs a network, such as 10.0.0.0/8");
                return ExitCode.Usage;
            }

            if (parsed.GetValue(peerTokens) is { } tokens && (reports is null || !File.Exists(tokens)))
            {
                OperatorLog.CannotStart(logger, "--peer-tokens needs a file that is there, and --push-address, where they ask");
                return ExitCode.Usage;
            }

            try
            {
                var peers = parsed.GetValue(peerTokens) is { } file
                    ? new Dns.Peers.PeerOptions(file, parsed.GetRequiredValue(peerPorts), [.. networks.OfType<IPNetwork>()])
                    : null;
                var options = new OperatorOptions
                {
                    Namespaces = parsed.GetValue(namespaces) ?? [],
                    OwnNamespace = parsed.GetValue(own),
                    HealthAddress = address,
                    GatewayImage = parsed.GetRequiredValue(image),
                    GatewayEnvironment = OperatorOptions.TraceVariables(),
                    ElectsLeader = !parsed.GetValue(noElection),
                    MetricsClientSecret = parsed.GetValue(metricsClient),
                    Push = reports is null
                        ? null
                        : new Dns.Push.PushOptions(reports, parsed.GetValue(pushCertificate), parsed.GetValue(pushKey), peers),
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
            catch (FormatException e)
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
