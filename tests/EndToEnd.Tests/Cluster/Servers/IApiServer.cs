namespace EndToEnd.Tests.Cluster.Servers;

/// <summary>The API server that a suite runs on, as processes in the gateway's namespace:
/// the one seam between the suites and whose server it is.</summary>
public interface IApiServer : IAsyncDisposable
{
    /// <summary>The file with its address, its authority and an administrator's token. There once it has been started.</summary>
    string Kubeconfig { get; }

    /// <summary>Returns when it answers and has the definitions of crds/. Also after <see cref="KillAsync"/>,
    /// with all that was stored.</summary>
    Task StartAsync();

    /// <summary>SIGKILL to what answers requests.</summary>
    Task KillAsync();
}
