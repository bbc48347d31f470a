using System.Text;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>API server, operator, gateway and client as they run for their users: four processes, in the namespaces of a laboratory.</summary>
public sealed class ClusterSite : IAsyncDisposable
{
    public const string GatewayPath = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/vpngateways/home";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly string Program = Repository.Program("Operator", "sstp-operator");

    private ChildProcess? _server;
    private ChildProcess? _operator;

    private ClusterSite(Laboratory laboratory)
    {
        Laboratory = laboratory;
        Runner = new PodRunner(laboratory, () => Api!, "home");
    }

    public Laboratory Laboratory { get; }

    public PodRunner Runner { get; }

    public ApiClient Api { get; private set; } = null!;

    public string OperatorLog => File.ReadAllText(Laboratory.Folder.File("operator.log"));

    private string Data => Laboratory.Folder.File("data");

    /// <summary>With an API server and an operator, and nothing in them yet.</summary>
    public static async Task<ClusterSite> StartAsync()
    {
        var site = new ClusterSite(await Laboratory.BuildAsync());
        await site.StartServerAsync();
        site.StartOperator();
        await site.Runner.StartAsync();
        return site;
    }

    /// <summary>A gateway with one user, alice, and a certificate; and waits until it serves.</summary>
    public async Task ApplyGatewayAsync()
    {
        await PutUsersAsync("alice");
        await PutCertificateAsync(Laboratory.Authority.Issue(Laboratory.GatewayName));
        await Api.ApplyAsync(GatewayPath, new JsonObject
        {
            ["apiVersion"] = "vpn.sstp-operator.dev/v1alpha1",
            ["kind"] = "VpnGateway",
            ["metadata"] = new JsonObject { ["name"] = "home", ["namespace"] = "default" },
            ["spec"] = new JsonObject
            {
                ["hostname"] = Laboratory.GatewayName,
                ["certificate"] = new JsonObject { ["secretName"] = "vpn-tls" },
                ["authentication"] = new JsonObject { ["usersSecret"] = new JsonObject { ["name"] = "users" } },
                ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.99.0.0/24") },
                ["drainTime"] = "1s",
            },
        });
        await UntilSettledAsync("the first configuration");
    }

    public static string Password(string user) => $"the password of {user}";

    public Task PutUsersAsync(params string[] users) => PutSecretAsync("users", "Opaque", new JsonObject
    {
        ["users.yaml"] = Encode("users:\n" + string.Concat(users.Select(user => $"  - name: {user}\n    password: {Password(user)}\n"))),
    });

    public Task PutCertificateAsync(IssuedCertificate issued) => PutSecretAsync("vpn-tls", "kubernetes.io/tls", new JsonObject
    {
        ["tls.crt"] = Encode(issued.CertificatePem + "\n"),
        ["tls.key"] = Encode(issued.KeyPem + "\n"),
    });

    public Task ChangeSpecAsync(JsonObject spec) => Api.MergeAsync(GatewayPath, new JsonObject { ["spec"] = spec });

    public async Task<JsonNode> StatusAsync() => (await Api.GetAsync(GatewayPath))?["status"] ?? new JsonObject();

    public static string? Condition(JsonNode status, string type, string field) =>
        (string?)(status["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type)?[field];

    /// <summary>Waits until the operator has seen the spec as it is now, and all that it wants is so.</summary>
    public Task UntilSettledAsync(string what) => UntilAsync(what, (gateway, status) =>
        (long?)status["observedGeneration"] == (long)gateway["metadata"]!["generation"]!
        && Condition(status, "Ready", "status") == "True"
        && (string?)status["gateways"]?[0]?["configHash"] == (string?)status["configHash"]
        && (string?)status["gateways"]?[0]?["certificateSerial"] == (string?)status["certificateSerial"]);

    public async Task UntilAsync(string what, Func<JsonNode, JsonNode, bool> holds)
    {
        JsonNode? last = null;
        try
        {
            await Eventually.TrueAsync(what, Deadline, async () =>
            {
                last = await Api.GetAsync(GatewayPath);
                return last is not null && holds(last, last["status"] ?? new JsonObject());
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last?["status"]}\n{OperatorLog}\n{Runner.Log}");
        }
    }

    public ClientProcess Dial(ClientHost host, string user, params string[] arguments) =>
        ClientProcess.Dial(Laboratory, host, user, Password(user), arguments);

    public async Task StartServerAsync()
    {
        _server = Laboratory.GatewayNamespace.Start(Laboratory.Folder.File("apiserver.log"),
            ["dotnet", Program, "apiserver", "--data", Data, "--listen", "127.0.0.1:6443", "--crds", Path.Combine(Repository.Root, "crds")]);
        await _server.WaitForOutputAsync("listens on", Deadline);
        Api?.Dispose();
        Api = new ApiClient(Laboratory.GatewayNamespace, Path.Combine(Data, "kubeconfig"));
    }

    public async Task KillServerAsync()
    {
        _server!.Signal(Signal.Kill);
        await _server.WaitForExitAsync(Deadline);
        await _server.DisposeAsync();
    }

    /// <remarks>There is one operator, and waiting for a killed one's lease would be most of the time of a test of kills.</remarks>
    public void StartOperator() => _operator = Laboratory.GatewayNamespace.Start(Laboratory.Folder.File("operator.log"),
        ["dotnet", Program, "run", "--kubeconfig", Path.Combine(Data, "kubeconfig"), "--health-address", "127.0.0.1:8080", "--no-leader-election"]);

    public async Task KillOperatorAsync()
    {
        _operator!.Signal(Signal.Kill);
        await _operator.WaitForExitAsync(Deadline);
        await _operator.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null) await _operator.DisposeAsync();
        await Runner.DisposeAsync();
        Api?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        await Laboratory.DisposeAsync();
    }

    private Task<JsonNode?> PutSecretAsync(string name, string type, JsonObject data) => Api.ApplyAsync($"/api/v1/namespaces/default/secrets/{name}", new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["type"] = type,
        ["data"] = data,
    });

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
