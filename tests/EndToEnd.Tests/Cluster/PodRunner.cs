using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using TestSupport.Processes;

namespace EndToEnd.Tests.Cluster;

/// <summary>
/// Stands in for scheduler, controllers and kubelet, which an API server alone does not have: runs the one pod of a gateway's
/// Deployment as a process, with its Secrets as files, and says in the API how it is.
/// </summary>
public sealed class PodRunner(Laboratory laboratory, Func<ApiClient> api, string gateway, string program) : IAsyncDisposable
{
    private const string Core = "/api/v1/namespaces/default";

    private readonly string _pod = $"{gateway}-gateway-0";
    private readonly CancellationTokenSource _stopping = new();
    private volatile string _program = program;
    private string? _launched;
    private Task _running = Task.CompletedTask;
    private ChildProcess? _process;

    public string DeploymentPath => $"/apis/apps/v1/namespaces/default/deployments/{gateway}-gateway";

    /// <summary>The gateway's process: another one means that calls were dropped.</summary>
    public int? ProcessId => _process?.Id;

    public string Log => _process?.Output ?? "";

    public async Task StartAsync()
    {
        await api().ApplyAsync("/api/v1/nodes/node1", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = "node1" },
        });
        await api().MergeAsync("/api/v1/nodes/node1/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray(
                    new JsonObject { ["type"] = "InternalIP", ["address"] = Laboratory.Gateway.Address.ToString() }),
            },
        });
        _running = FollowAsync();
    }

    /// <summary>Puts a gateway of another build in the place of the one that runs, as a roll-out does:
    /// the state folder stays.</summary>
    public void Roll(string other) => _program = other;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        if (_process is not null) await _process.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await StepAsync();
            }
            catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException
                or OperationCanceledException or ObjectDisposedException)
            {
                // The API server is away, as the test wants it; what runs goes on.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }

    private async Task StepAsync()
    {
        var deployment = await api().GetAsync(DeploymentPath);
        if (deployment is not null && _process is null) await LaunchAsync(deployment);
        else if (_process is not null && (deployment is null || _launched != _program)) await EndAsync();
    }

    private async Task LaunchAsync(JsonNode deployment)
    {
        var root = laboratory.Folder.File("pod");
        Directory.CreateDirectory(Path.Combine(root, "var/lib/sstp-gateway"));
        var template = deployment["spec"]!["template"]!;
        foreach (var volume in template["spec"]!["volumes"]!.AsArray())
        {
            if ((string?)volume!["secret"]?["secretName"] is not { } secret) continue;
            var folder = Directory.CreateDirectory(Path.Combine(root, "etc/sstp-gateway", (string)volume["name"]!)).FullName;
            var data = (await api().GetAsync($"{Core}/secrets/{secret}"))?["data"]?.AsObject();
            if (data is null) return;
            foreach (var (key, value) in data)
                await File.WriteAllBytesAsync(Path.Combine(folder, key), Convert.FromBase64String((string)value!));
        }

        await api().ApplyAsync($"{Core}/pods/{_pod}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = _pod, ["namespace"] = "default", ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
            },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = "node1",
                ["containers"] = new JsonArray(new JsonObject { ["name"] = "gateway", ["image"] = "sstp-gateway:latest" }),
            },
        });
        _process = laboratory.GatewayNamespace.Start(laboratory.Folder.File("gateway.log"),
        [
            "dotnet", _launched = _program, "run", "--config", Path.Combine(root, "etc/sstp-gateway/config/gateway.yaml"),
            "--state", Path.Combine(root, "var/lib/sstp-gateway"),
        ]);
        await _process.WaitForOutputAsync("The gateway is up", TimeSpan.FromSeconds(60));
        await api().MergeAsync($"{Core}/pods/{_pod}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["podIP"] = Laboratory.Gateway.Address.ToString(),
                ["hostIP"] = Laboratory.Gateway.Address.ToString(),
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
            },
        });
    }

    private async Task EndAsync()
    {
        _process!.Signal(Signal.Terminate);
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await _process.DisposeAsync();
        _process = null;
        // As a kubelet says that the processes are gone.
        await api().DeleteAsync($"{Core}/pods/{_pod}?gracePeriodSeconds=0");
    }
}
