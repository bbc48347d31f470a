using System.Net;
using TraceExport;

namespace Operator.Hosting;

/// <summary>How the operator runs.</summary>
public sealed record OperatorOptions
{
    /// <summary>The namespaces whose resources it looks after; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Where its Lease and the channel's CA are kept; null for the namespace of its credential.</summary>
    public string? OwnNamespace { get; init; }

    /// <summary>Address of /healthz, /readyz and /metrics; port 0 for any free one.</summary>
    public IPEndPoint HealthAddress { get; init; } = new(IPAddress.Any, 8080);

    /// <summary>Whether / at that address is a page that shows all resources.
    /// Only for addresses that nobody else reaches.</summary>
    public bool ShowsStatusPage { get; init; }

    /// <summary>Off only where there can be no second operator.</summary>
    public bool ElectsLeader { get; init; } = true;

    /// <summary>Tells replicas apart, also those of one pod after a restart.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The image of gateways that name none.</summary>
    public string GatewayImage { get; init; } = DefaultGatewayImage;

    /// <summary>Environment variables of gateways, beside their own.</summary>
    public IReadOnlyDictionary<string, string> GatewayEnvironment { get; init; } = new Dictionary<string, string>();

    public const string DefaultGatewayImage = "sstp-gateway:latest";

    /// <summary>Where routers report their address (<c>/nic/update</c>); null: nowhere.</summary>
    public Dns.Push.PushOptions? Push { get; init; }

    /// <summary>Secret of its own namespace in which it keeps a client certificate for the gateways' metrics;
    /// null: none.</summary>
    public string? MetricsClientSecret { get; init; }

    /// <summary>What of this process' environment makes gateways send traces to where the operator sends its own.</summary>
    public static IReadOnlyDictionary<string, string> TraceVariables() =>
        OtlpSettings.Variables.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(variable => !string.IsNullOrWhiteSpace(variable.Value))
            .ToDictionary(variable => variable.Name, variable => variable.Value!);
}
