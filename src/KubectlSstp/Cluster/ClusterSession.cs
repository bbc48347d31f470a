using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Cluster;

/// <summary>A cluster and a namespace in it, with the rights of the user.</summary>
internal sealed class ClusterSession(KubeClient client, string chosenNamespace) : IDisposable
{
    public KubeClient Client { get; } = client;

    public string Namespace { get; } = chosenNamespace;

    public static ClusterSession Open(string? kubeconfig, string? context, string? chosenNamespace)
    {
        var access = Kubeconfig.Load(kubeconfig is null ? Kubeconfig.DefaultPaths : [kubeconfig])
            .Access(context, TimeProvider.System);
        var version = typeof(ClusterSession).Assembly.GetName().Version?.ToString(3);
        var client = new KubeClient(
            access, new KubeClientOptions { UserAgent = $"kubectl-sstp/{version}" },
            TimeProvider.System, NullLogger<KubeClient>.Instance);
        return new ClusterSession(client, chosenNamespace ?? access.DefaultNamespace);
    }

    public async Task<VpnGateway> GatewayAsync(string name, CancellationToken stopping)
    {
        var found = await Client.GetAsync(Kinds.VpnGateways, new ObjectKey(Namespace, name), stopping).ConfigureAwait(false);
        return found?.Value ?? throw new RefusedException(
            $"There is no VpnGateway {name} in namespace {Namespace}. "
            + "\"kubectl get vpngw --all-namespaces\" lists those there are.");
    }

    public void Dispose() => Client.Dispose();
}
