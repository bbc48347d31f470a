using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using TestSupport.Processes;

namespace LocalControlPlane.Tests.Durability;

/// <summary><c>sstp-operator apiserver</c> as a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;
    private readonly string _data;

    private ServerProcess(ChildProcess process, string data, Uri endpoint)
    {
        _process = process;
        _data = data;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public string Kubeconfig => Path.Combine(_data, "kubeconfig");

    public static async Task<ServerProcess> StartAsync(TemporaryFolder folder)
    {
        var data = folder.File("data");
        var process = ChildProcess.Start(
            "dotnet", Repository.Program("Operator", "sstp-operator"), "apiserver", "--data", data, "--listen", "127.0.0.1:0");
        await process.WaitForOutputAsync("The API server listens on ", StartPatience);
        var line = process.Output[(process.Output.IndexOf("listens on ", StringComparison.Ordinal) + "listens on ".Length)..];
        return new ServerProcess(process, data, new Uri(line[..line.IndexOf(';', StringComparison.Ordinal)]));
    }

    public HttpClient NewClient() =>
        TrustedClient.Create(Endpoint, _data, File.ReadAllText(Path.Combine(_data, "pki/token")).Trim());

    public void Kill() => _process.Signal(Signal.Kill);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
