using System.Diagnostics;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources.Yaml;
using Operator.Tests.Reconciling;

namespace Operator.Tests.Deploy;

/// <summary>The whole operator at work on an API in memory: everything it asks for must be granted by deploy/base.</summary>
public sealed class RightsTests : IAsyncDisposable
{
    private const string OwnNamespace = "sstp-system";
    private const string Gateways = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/vpn/vpngateways";

    private readonly CancellationTokenSource _stopping = new();
    private readonly InMemoryApi _api = new(TimeProvider.System);
    private readonly RequestRecorder _recorder;
    private readonly ServiceProvider _services;
    private readonly List<Task> _running = [];

    public RightsTests()
    {
        _recorder = new RequestRecorder(_api);
        var access = new ClusterAccess { Server = new Uri("http://in-memory") };
        var services = new ServiceCollection().AddLogging().AddOperator(new OperatorOptions { OwnNamespace = OwnNamespace, ElectsLeader = false }, access);
        services.AddSingleton(provider => new KubeClient(
            access, new KubeClientOptions { UserAgent = "tests" }, TimeProvider.System, provider.GetRequiredService<ILogger<KubeClient>>(), _recorder));
        _services = services.BuildServiceProvider();
    }

    [Fact]
    public async Task Operator_asks_for_nothing_that_the_installation_does_not_grant()
    {
        Put("/api/v1/nodes/a", "{apiVersion: v1, kind: Node, metadata: {name: a}}");
        Put("/api/v1/namespaces/vpn/secrets/users", "{apiVersion: v1, kind: Secret, metadata: {name: users, namespace: vpn}, type: Opaque, data: {users.yaml: ''}}");
        Put($"{Gateways}/home", """
            apiVersion: vpn.sstp-operator.dev/v1alpha1
            kind: VpnGateway
            metadata: {name: home, namespace: vpn}
            spec:
              hostname: vpn.example.org
              workload: {replicas: 2}
              authentication: {usersSecret: {name: users}}
              certificate: {template: {issuer: {kind: InternalCa, internalCa: {caSecret: {name: ca}, trustBundleConfigMap: roots}}}}
              publication: {template: {source: {kind: Static, static: {addresses: [192.0.2.1]}}, provider: {kind: Rfc2136, rfc2136: {servers: ["127.0.0.1:1"], zone: example.org}}}}
            """);
        Start();

        await UntilAsync("a certificate of the CA that was made", () => Condition("sstpcertificates/home", "Ready") == "True");
        await UntilAsync("the budget of two gateways", () => Exists("/apis/policy/v1/namespaces/vpn/poddisruptionbudgets/home-gateway"));
        _api.Change($"{Gateways}/home", gateway => gateway["spec"]!["workload"] = new JsonObject { ["kind"] = "DaemonSet" });
        await UntilAsync("the DaemonSet alone", () => Exists("/apis/apps/v1/namespaces/vpn/daemonsets/home-gateway") && !Exists("/apis/apps/v1/namespaces/vpn/deployments/home-gateway"));
        _api.Delete("/api/v1/namespaces/vpn/secrets/users");
        await UntilAsync("an event about the Secret", () => _recorder.Seen.Any(right => right.Group == "events.k8s.io"));
        _api.Delete($"{Gateways}/home");
        await UntilAsync("the gateway to go", () => !Exists($"{Gateways}/home"));

        var granted = Granted("ClusterRole").Concat(Granted("Role").Select(right => right with { Namespace = OwnNamespace })).ToHashSet();
        var refused = _recorder.Seen.Where(asked => !granted.Contains(asked) && !granted.Contains(asked with { Namespace = null })).Distinct().Order().ToList();
        Assert.Empty(refused);

        // What is granted and was not asked for here, each with the place that does.
        string[] elsewhere =
        [
            "coordination.k8s.io/leases", // election of the leader, off in this test
            "vpn.sstp-operator.dev/vpngateways/finalizers", "vpn.sstp-operator.dev/ddnsrecords/finalizers", "vpn.sstp-operator.dev/sstpcertificates/finalizers", // checked by some API servers, asked of none
            "/events", // core: read when a pod does not come up
            "events.k8s.io/events", // an event that repeats is patched
        ];
        var asked = _recorder.Seen.Select(right => $"{right.Group}/{right.Resource}").ToHashSet();
        Assert.Empty(granted.Select(right => $"{right.Group}/{right.Resource}").Distinct().Except(asked).Except(elsewhere));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        await _services.DisposeAsync();
        _recorder.Dispose();
        _stopping.Dispose();
    }

    private void Start()
    {
        // Controllers say what they watch when they are made.
        List<IController> controllers = [.. _services.GetServices<IController>()];
        _running.Add(_services.GetRequiredService<Watches>().RunAsync(_stopping.Token));
        _running.Add(_services.GetRequiredService<EventRecorder>().RunAsync(_stopping.Token));
        foreach (var controller in controllers) _running.Add(controller.RunAsync(_stopping.Token));
    }

    private void Put(string path, string yaml) => _api.Put(path, (JsonObject)ResourceYaml.Read(yaml).Single());

    private string? Condition(string resource, string type) =>
        (string?)(_api.Find($"/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/vpn/{resource}")?["status"]?["conditions"] as JsonArray)
            ?.FirstOrDefault(condition => (string?)condition!["type"] == type)?["status"];

    private bool Exists(string path) => _api.Find(path) is not null;

    private async Task UntilAsync(string what, Func<bool> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(2)) throw new TimeoutException($"Waited 2 min for {what}. Requests: {string.Join(", ", _api.Requests)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static IEnumerable<Right> Granted(string kind) =>
        from role in Manifests.In("deploy/base")
        where Manifests.Kind(role) == kind && Manifests.Name(role) == "sstp-operator"
        from rule in ((JsonArray)role["rules"]!).Cast<JsonObject>()
        from @group in (JsonArray)rule["apiGroups"]!
        from resource in (JsonArray)rule["resources"]!
        from verb in (JsonArray)rule["verbs"]!
        select new Right((string)verb!, (string)@group!, (string)resource!, null);
}
