using EndToEnd.Tests.Network;

namespace EndToEnd.Tests.Cluster.Servers;

/// <summary>Which server the suites run on.</summary>
internal static class ApiServers
{
    /// <summary>Folder with <c>etcd</c> and <c>kube-apiserver</c>, as kubebuilder's tools call it.</summary>
    private const string AssetsVariable = "KUBEBUILDER_ASSETS";

    /// <summary>Kubernetes' own when there is one; else the embedded one.</summary>
    /// <param name="definitions">Folder of the definitions to serve.</param>
    public static IApiServer Make(Laboratory laboratory, string program, string definitions) =>
        Environment.GetEnvironmentVariable(AssetsVariable) is { Length: > 0 } assets
            ? new KubernetesApiServer(laboratory, assets, definitions)
            : new EmbeddedApiServer(laboratory, program, definitions);
}
