using EndToEnd.Tests.Network;
using TestSupport.Processes;

namespace EndToEnd.Tests.Cluster.Servers;

/// <summary><c>sstp-operator apiserver</c>.</summary>
/// <param name="program">The operator's assembly.</param>
/// <param name="definitions">Folder of the definitions to serve.</param>
/// <param name="gatewayProgram">What it runs pods of gateways with; null when it runs none.</param>
/// <param name="listen">Where it listens: another address than loopback is reached from other namespaces.</param>
internal sealed class EmbeddedApiServer(
    Laboratory laboratory, string program, string definitions, string? gatewayProgram = null,
    string listen = EmbeddedApiServer.Loopback) : IApiServer
{
    public const string Loopback = "127.0.0.1:6443";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private ChildProcess? _process;

    public string Kubeconfig => Path.Combine(Data, "kubeconfig");

    /// <summary>What all its processes so far have said.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string Data => laboratory.Folder.File("data");

    private string LogFile => laboratory.Folder.File("apiserver.log");

    public async Task StartAsync()
    {
        _process = laboratory.GatewayNamespace.Start(LogFile,
        [
            "dotnet", program, "apiserver", "--data", Data, "--listen", listen, "--crds", definitions,
            .. gatewayProgram is null ? [] : new[] { "--gateway-program", gatewayProgram },
        ]);
        await _process.WaitForOutputAsync("listens on", Deadline);
    }

    public async Task KillAsync()
    {
        _process!.Signal(Signal.Kill);
        await _process.WaitForExitAsync(Deadline);
        await _process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}
