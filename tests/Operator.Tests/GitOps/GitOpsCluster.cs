using System.Net;
using System.Text.Json.Nodes;
using KubeApi.Credentials;
using LocalControlPlane;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Hosting;
using Operator.Tests.Deploy;
using TestSupport.Files;
using TestSupport.Processes;

namespace Operator.Tests.GitOps;

/// <summary>An API server, the operator at work in one namespace of it, and a kubectl
/// such as a GitOps tool or a person uses.</summary>
internal sealed class GitOpsCluster : IAsyncDisposable
{
    /// <summary>The kinds of this product, as kubectl takes them.</summary>
    public const string Kinds = "vpngateways,ddnsrecords,sstpcertificates";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;
    private readonly ControlPlane _plane;
    private readonly OperatorHost _operator;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private GitOpsCluster(TemporaryFolder folder, ControlPlane plane, string space)
    {
        _folder = folder;
        _plane = plane;
        _operator = new OperatorHost(
            new OperatorOptions
            {
                Namespaces = [space],
                OwnNamespace = "default",
                HealthAddress = new IPEndPoint(IPAddress.Loopback, 0),
                ElectsLeader = false,
            },
            Kubeconfig.Load(plane.KubeconfigFile).Access(null, TimeProvider.System),
            logging => logging.SetMinimumLevel(LogLevel.None));
        _running = _operator.RunAsync(_stopping.Token);
    }

    /// <param name="space">The namespace that the operator looks after; what is in others stays as it was applied.</param>
    public static async Task<GitOpsCluster> StartAsync(string space)
    {
        var folder = new TemporaryFolder("gitops");
        var plane = await ControlPlane.StartAsync(
            new ControlPlaneOptions(folder.File("data"))
            {
                DefinitionFolder = Path.Combine(Repository.Root, "crds"), Listen = new IPEndPoint(IPAddress.Loopback, 0),
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new GitOpsCluster(folder, plane, space);
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Runs kubectl to a good end.</summary>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var result = await TryKubectlAsync(arguments);
        Assert.True(result.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}");
        return result.Output;
    }

    /// <summary>In the root of the repository, where the examples are.</summary>
    public Task<CommandResult> TryKubectlAsync(params string[] arguments) => Command.TryRunAsync(
        Deadline, "env",
        ["-C", Repository.Root, $"HOME={_folder.Path}", $"KUBECONFIG={_plane.KubeconfigFile}", Kubectl.Path!, .. arguments]);

    /// <summary>What the server holds, by kind, namespace and name.</summary>
    public async Task<IReadOnlyDictionary<string, JsonObject>> GetAsync(params string[] arguments)
    {
        var list = JsonNode.Parse(await KubectlAsync(["get", .. arguments, "--show-managed-fields", "-o", "json"]))!;
        return list["items"]!.AsArray().Cast<JsonObject>().ToDictionary(
            item => $"{(string)item["kind"]!} {(string?)item["metadata"]!["namespace"]}/{(string)item["metadata"]!["name"]!}");
    }

    /// <summary>From here on nobody writes but kubectl.</summary>
    public async Task StopOperatorAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopOperatorAsync();
        await _operator.DisposeAsync();
        await _plane.DisposeAsync();
        _stopping.Dispose();
        _folder.Dispose();
    }
}
