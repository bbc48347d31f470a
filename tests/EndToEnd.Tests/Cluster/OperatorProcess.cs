using EndToEnd.Tests.Network;
using TestSupport.Processes;

namespace EndToEnd.Tests.Cluster;

/// <summary><c>sstp-operator run</c>, as one replica of it runs.</summary>
public sealed class OperatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly Laboratory _laboratory;
    private readonly ChildProcess _process;
    private readonly int _port;
    private bool _isDisposed;

    private OperatorProcess(Laboratory laboratory, ChildProcess process, int port) =>
        (_laboratory, _process, _port) = (laboratory, process, port);

    /// <summary>What this process has said.</summary>
    public string Log => _process.Output;

    /// <param name="program">Its assembly.</param>
    /// <param name="name">Tells replicas apart.</param>
    /// <param name="port">Of its health endpoint; another for each replica on one host.</param>
    /// <param name="elects">Off, it works at once: where there is one operator, waiting for a killed one's
    /// lease would be most of the time of a test.</param>
    public static OperatorProcess Start(
        Laboratory laboratory, string program, string kubeconfig,
        string name = "operator", int port = 8080, bool elects = false) =>
        new(laboratory, laboratory.GatewayNamespace.Start(laboratory.Folder.File($"{name}.log"),
        [
            "dotnet", program, "run", "--kubeconfig", kubeconfig, "--health-address", $"127.0.0.1:{port}",
            .. elects ? [] : new[] { "--no-leader-election" },
        ]), port);

    public Task WaitForLogAsync(string text) => _process.WaitForOutputAsync(text, Deadline);

    /// <summary>A number of its /metrics; 0 when it is not there yet.</summary>
    /// <param name="name">With its labels, or the beginning of them; all that begin so are added up.</param>
    public async Task<double> MetricAsync(string name)
    {
        var text = await _laboratory.GatewayNamespace.RunAsync(
            "curl", "--silent", "--show-error", "--fail", $"http://127.0.0.1:{_port}/metrics");
        return text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>SIGKILL: without a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Signal(Signal.Kill);
        await _process.WaitForExitAsync(Deadline);
        await DisposeAsync();
    }

    /// <summary>SIGTERM, as a roll-out does it.</summary>
    public async Task<int> StopAsync()
    {
        _process.Signal(Signal.Terminate);
        return await _process.WaitForExitAsync(Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;

        _isDisposed = true;
        await _process.DisposeAsync();
    }
}
