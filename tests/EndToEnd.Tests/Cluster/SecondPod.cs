using System.Net;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>A second node with a gateway of its own, beside the one that <see cref="PodRunner"/> runs:
/// the laboratory's other host.</summary>
public sealed class SecondPod : IAsyncDisposable
{
    public static readonly IPEndPoint EndPoint = new(IPAddress.Parse("203.0.113.2"), 443);

    private const string Core = "/api/v1/namespaces/default";

    private readonly ChildProcess _process;

    private SecondPod(ChildProcess process) => _process = process;

    public string Log => _process.Output;

    /// <param name="gateway">The VpnGateway whose pod it is: a second one of the first's, or that of another.</param>
    public static async Task<SecondPod> StartAsync(
        Laboratory laboratory, ApiClient api, string gateway = "home", string pod = "home-gateway-1")
    {
        await api.ApplyAsync(
            "/api/v1/nodes/node2",
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["metadata"] = new JsonObject { ["name"] = "node2" } });
        await api.MergeAsync("/api/v1/nodes/node2/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray(
                    new JsonObject { ["type"] = "InternalIP", ["address"] = EndPoint.Address.ToString() }),
            },
        });
        var deployment = await Eventually.GetAsync(
            "the Deployment", TimeSpan.FromSeconds(60),
            () => api.GetAsync($"/apis/apps/v1/namespaces/default/deployments/{gateway}-gateway"));
        var template = deployment["spec"]!["template"]!;
        var root = laboratory.Folder.File("second-pod");
        Directory.CreateDirectory(Path.Combine(root, "state"));
        await WriteVolumesAsync(template, root, api);
        await api.ApplyAsync($"{Core}/pods/{pod}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = pod, ["namespace"] = "default", ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
            },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = "node2",
                ["containers"] = new JsonArray(new JsonObject { ["name"] = "gateway", ["image"] = "sstp-gateway:latest" }),
            },
        });
        var process = laboratory.Other.Namespace.Start(
            laboratory.Folder.File("second-gateway.log"),
            [
                "dotnet", GatewayProcess.Program, "run", "--config",
                Path.Combine(root, "config/gateway.yaml"), "--state", Path.Combine(root, "state"),
            ]);
        await process.WaitForOutputAsync("The gateway is up", TimeSpan.FromSeconds(60));
        await api.MergeAsync($"{Core}/pods/{pod}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["podIP"] = EndPoint.Address.ToString(),
                ["hostIP"] = EndPoint.Address.ToString(),
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
            },
        });
        return new SecondPod(process);
    }

    /// <summary>It neither answers nor ends.</summary>
    public void Stop() => _process.Signal(Signal.Stop);

    public void Continue() => _process.Signal(Signal.Continue);

    public ValueTask DisposeAsync()
    {
        Continue();    // a stopped process would not hear that it shall end
        return _process.DisposeAsync();
    }

    private static async Task WriteVolumesAsync(JsonNode template, string root, ApiClient api)
    {
        foreach (var volume in template["spec"]!["volumes"]!.AsArray())
        {
            if ((string?)volume!["secret"]?["secretName"] is not { } secret) continue;

            var folder = Directory.CreateDirectory(Path.Combine(root, (string)volume["name"]!)).FullName;
            var data = await Eventually.GetAsync(
                $"Secret {secret}", TimeSpan.FromSeconds(60),
                async () => (await api.GetAsync($"{Core}/secrets/{secret}"))?["data"]?.AsObject());
            foreach (var (key, value) in data)
                await File.WriteAllBytesAsync(Path.Combine(folder, key), Convert.FromBase64String((string)value!));
        }
    }
}
