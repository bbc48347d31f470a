using System.Net;
using System.Text.Json.Nodes;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using LocalControlPlane.Tests.Schemas;
using LocalControlPlane.Workloads;
using LocalControlPlane.Workloads.Pods;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Files;
using TestSupport.Waiting;

namespace LocalControlPlane.Tests.Workloads;

/// <summary>A control plane and a runner over it, with the shell as the program of image "sh".
/// Processes end with the test.</summary>
internal sealed class RunnerFixture : IAsyncDisposable
{
    /// <summary>Bounds a failure; what is waited for takes a second or two.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new("runner");
    private readonly CollectedLog _log = new();
    private ControlPlane _controlPlane = null!;

    private RunnerFixture()
    {
    }

    public ControlPlaneStore Store { get; private set; } = null!;

    public RunnerOptions Options { get; private set; } = null!;

    public WorkloadRunner Runner { get; private set; } = null!;

    public string Folder => _folder.Path;

    public static async Task<RunnerFixture> StartAsync()
    {
        var fixture = new RunnerFixture();
        var plane = new ControlPlaneOptions(fixture._folder.File("plane")) { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        fixture._controlPlane = await ControlPlane.StartAsync(
            plane, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        fixture.Store = new ControlPlaneStore(fixture._controlPlane);
        fixture.Options = new RunnerOptions(fixture._folder.File("runner"))
        {
            NodeName = "node-a", Programs = new Dictionary<string, ProgramCommand> { ["sh"] = new("/bin/sh", ["-c"]) },
        };
        fixture.StartRunner();
        return fixture;
    }

    public void StartRunner() => Runner = WorkloadRunner.Start(Store, Options, TimeProvider.System, _log);

    /// <summary>Applies objects as a client would.</summary>
    public async Task ApplyAsync(string json)
    {
        var body = Read.Object(json);
        var type = BuiltInTypes.All.First(
            type => type.ApiVersion == (string?)body["apiVersion"] && type.Kind == (string?)body["kind"]);
        var key = new ObjectKey(
            type.StorageName, (string?)body["metadata"]!["namespace"] ?? "", (string)body["metadata"]!["name"]!);
        await _controlPlane.Writer.ApplyAsync(type, key, body, WritePath.Main, new WriteOptions("test", Force: true));
    }

    public Task DeployAsync(
        string name, string script, string container = "", string spec = "", int grace = 5, string argument = "") =>
        ApplyAsync($$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"replicas":1,"selector":{"matchLabels":{"app":"{{{name}}}"} },"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1} },
           "template":{"metadata":{"labels":{"app":"{{{name}}}"} },
             "spec":{"hostNetwork":true,"terminationGracePeriodSeconds":{{{grace}}}{{{spec}}},"containers":[{"name":"main","image":"sh:1","args":[{{{JsonValue.Create(script).ToJsonString()}}},"{{{argument}}}"]{{{container}}}}] } } } }
        """);

    public async Task DeleteAsync(string apiVersion, string kind, string name) =>
        await Store.DeleteAsync(Store.Find(apiVersion, kind, "default", name)!, null);

    /// <summary>Waits until a pod of the application is as asked.</summary>
    public async Task<JsonObject> PodAsync(string app, string what, Func<JsonObject, bool> isSo)
    {
        try
        {
            return await Eventually.GetAsync($"a pod of {app} that {what}", Deadline, () => Task.FromResult(
                Store.List("v1", "Pod").FirstOrDefault(pod => (string?)pod["metadata"]!["labels"]?["app"] == app && isSo(pod))));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                $"{e.Message} Pods: {string.Join('\n', Store.List("v1", "Pod"))} Runner: {Runner.Completion.Status} {_log}", e);
        }
    }

    public Task<JsonObject> ReadyPodAsync(string app) => PodAsync(app, "is ready", IsReady);

    public Task<JsonObject> DeploymentAsync(string name, string what, Func<JsonObject, bool> isSo) =>
        Eventually.GetAsync($"deployment {name} that {what}", Deadline, () =>
            Task.FromResult(Store.Find("apps/v1", "Deployment", "default", name) is { } found && isSo(found) ? found : null));

    public Task GoneAsync(string app) => Eventually.TrueAsync($"no pod of {app}", Deadline, () =>
        Task.FromResult(!Store.List("v1", "Pod").Any(pod => (string?)pod["metadata"]!["labels"]?["app"] == app)));

    public static bool IsReady(JsonObject pod) => (pod["status"]?["conditions"] as JsonArray ?? []).Any(
        c => (string?)c!["type"] == "Ready" && (string?)c["status"] == "True");

    public static string? Waiting(JsonObject pod) =>
        (string?)pod["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"];

    public static int Restarts(JsonObject pod) => (int?)pod["status"]?["containerStatuses"]?[0]?["restartCount"] ?? 0;

    public static int Pid(JsonObject pod) => int.Parse(
        ((string)pod["status"]!["containerStatuses"]![0]!["containerID"]!)["local://".Length..].Split('-')[0],
        System.Globalization.CultureInfo.InvariantCulture);

    public string Log(JsonObject pod, bool isPrevious = false) =>
        new PodLogFiles(Options).Find((string)pod["metadata"]!["uid"]!, "main", isPrevious) is { } file
            ? File.ReadAllText(file)
            : "";

    public static bool IsAlive(int pid) => LocalControlPlane.Workloads.Processes.ProcessTable.Identify(pid) is not null;

    public async ValueTask DisposeAsync()
    {
        await Runner.StopWorkloadsAsync(TimeSpan.FromSeconds(1));
        await Runner.DisposeAsync();
        await _controlPlane.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}
