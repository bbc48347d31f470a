using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Client;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Gateways.Channel;
using Operator.Hosting;
using Operator.Reconciling;

namespace Operator.Gateways;

/// <summary>Keeps a Secret with a certificate that reads the gateways' metrics and may do nothing else,
/// for Prometheus, and renews it.</summary>
/// <remarks>docs/adr/0077-metrics-client.md says why the certificate carries the role,
/// and why it is in the operator's own namespace.</remarks>
internal sealed class MetricsClientController(
    ChannelSecrets channel, KubeClient client, OperatorOptions options, TimeProvider time,
    ILogger<MetricsClientController> logger) : IController
{
    /// <summary>How long a Secret that was deleted stays away. The operator has no right
    /// to watch its own namespace, only to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const string ComponentLabel = "app.kubernetes.io/component";
    private const string Component = "metrics-client";

    private bool _saidTaken;

    public string Name => "metrics client";

    public async Task RunAsync(CancellationToken stopping)
    {
        if (options.MetricsClientSecret is not { } name) return;

        var key = new ObjectKey(options.OwnNamespace ?? client.DefaultNamespace, name);
        try
        {
            while (true)
            {
                await PassAsync(key, stopping).ConfigureAwait(false);
                await Task.Delay(Interval, time, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end; whoever leads next looks at once.
        }
    }

    private async Task PassAsync(ObjectKey key, CancellationToken stopping)
    {
        try
        {
            await EnsureAsync(key, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (ClusterFailures.Include(e) || e is TerminalException)
        {
            GatewaysLog.MetricsClientFailed(logger, key.ToString(), Interval, e.Message);
        }
    }

    private async Task EnsureAsync(ObjectKey key, CancellationToken stopping)
    {
        var authority = await channel.AuthorityAsync(stopping).ConfigureAwait(false);
        var stored = await client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false);
        if (stored is null)
        {
            await client.CreateAsync(BuiltIn.Secrets, Manifest(key, Data(authority)), stopping).ConfigureAwait(false);
        }
        else if (stored.Metadata.Labels.GetValueOrDefault(ComponentLabel) != Component)
        {
            // Whatever it holds is somebody's.
            if (!_saidTaken) GatewaysLog.MetricsClientNameTaken(logger, key.ToString());
            _saidTaken = true;
            return;
        }
        else if (IsGood(stored.Value, authority))
        {
            return;
        }
        else
        {
            // With its resourceVersion: a Secret that somebody put there since is not overwritten.
            var manifest = stored.ToJsonObject();
            manifest["data"] = Data(authority);
            await client.ReplaceAsync(BuiltIn.Secrets, manifest, stopping).ConfigureAwait(false);
        }

        _saidTaken = false;
        GatewaysLog.MetricsClientWritten(logger, key.ToString());
    }

    private bool IsGood(Secret secret, ChannelAuthority authority) =>
        ChannelSecretData.Text(secret, ChannelSecretData.Trust) == authority.TrustBundle
        && secret.Find(ChannelSecretData.Key) is not null
        && !authority.MustReissue(
            ChannelSecretData.Text(secret, ChannelSecretData.Certificate), time.GetUtcNow(), MetricsClient.Name);

    private JsonObject Data(ChannelAuthority authority) =>
        ChannelSecretData.Of(authority.IssueMetricsClient(time.GetUtcNow()), authority.TrustBundle);

    private static JsonObject Manifest(ObjectKey key, JsonObject data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = key.Name,
            ["namespace"] = key.Namespace,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "sstp-operator", [ComponentLabel] = Component },
        },
        ["type"] = "kubernetes.io/tls",
        ["data"] = data,
    };
}
