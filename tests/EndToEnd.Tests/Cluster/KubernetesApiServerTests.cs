using EndToEnd.Tests.Cluster.Servers;
using EndToEnd.Tests.Network;
using TestSupport.Files;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Cluster;

/// <summary>
/// The harness for Kubernetes' own API server, with stand-ins of its programs that take the same flags (StandIn): what it starts,
/// how it logs in, and that it ends what it started. With KUBEBUILDER_ASSETS the suites themselves run on the real programs.
/// </summary>
public sealed class KubernetesApiServerTests
{
    private static readonly string StandIn = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Cluster", "StandIn");

    [RequiresFact("ip")]
    public async Task It_is_started_killed_started_again_with_what_was_stored_and_ended()
    {
        await using var laboratory = await Laboratory.BuildAsync();
        var server = new KubernetesApiServer(laboratory, StandIn, Path.Combine(Repository.Root, "crds"));
        await using (server)
        {
            await server.StartAsync();
            var first = server.Processes;
            using (var api = new ApiClient(laboratory.GatewayNamespace, server.Kubeconfig))
            {
                await api.ApplyAsync("/api/v1/namespaces/default/configmaps/kept", new()
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "ConfigMap",
                    ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "kept" },
                });
                Assert.NotNull(await api.GetAsync("/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/vpngateways"));
            }

            await server.KillAsync();
            Assert.False(IsRunning(first.Server));
            Assert.True(IsRunning(first.Etcd));

            await server.StartAsync();
            Assert.Equal(first.Etcd, server.Processes.Etcd);
            Assert.NotEqual(first.Server, server.Processes.Server);
            using (var api = new ApiClient(laboratory.GatewayNamespace, server.Kubeconfig))
                Assert.NotNull(await api.GetAsync("/api/v1/namespaces/default/configmaps/kept"));
        }

        Assert.Empty(
            (await TestSupport.Processes.Command.RunAsync("ip", "netns", "pids", laboratory.GatewayNamespace.Name)).Trim());
    }

    private static bool IsRunning(int? process) => Directory.Exists($"/proc/{process}");
}
