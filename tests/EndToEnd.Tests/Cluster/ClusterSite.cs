using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Cluster.Servers;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Certificates;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>API server, operator, gateway and client as they run for their users: processes of their own,
/// in the namespaces of a laboratory.</summary>
public sealed partial class ClusterSite : IAsyncDisposable
{
    public const string GatewaysPath = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/vpngateways";
    public const string GatewayPath = $"{GatewaysPath}/home";
    public const string ConfigPath = "/api/v1/namespaces/default/secrets/home-config";
    public const string WorkloadPath = "/apis/apps/v1/namespaces/default/deployments/home-gateway";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly SitePrograms _programs;
    private readonly IApiServer _server;

    private ClusterSite(Laboratory laboratory, SitePrograms programs, bool serverRunsPods, string? listen)
    {
        Laboratory = laboratory;
        _programs = programs;
        // The server is always of this build: what is upgraded around it is what a cluster's users upgrade.
        var server = SitePrograms.Current.Operator;
        _server = serverRunsPods ? new EmbeddedApiServer(
            laboratory, server, programs.Definitions, programs.Gateway, listen ?? EmbeddedApiServer.Loopback)
            : listen is not null ? new EmbeddedApiServer(laboratory, server, programs.Definitions, listen: listen)
            : ApiServers.Make(laboratory, server, programs.Definitions);
        Runner = serverRunsPods ? null : new PodRunner(laboratory, () => Api!, "home", programs.Gateway);
    }

    public Laboratory Laboratory { get; }

    /// <summary>What runs the pods; null when the API server's own runner does.</summary>
    public PodRunner? Runner { get; }

    public ApiClient Api { get; private set; } = null!;

    public string Kubeconfig => _server.Kubeconfig;

    /// <summary>The one operator, unless a test starts its own.</summary>
    public OperatorProcess? Operator { get; private set; }

    /// <summary>The gateway's process: another one means that calls were dropped.</summary>
    public int? GatewayProcess => Runner is { } runner ? runner.ProcessId : ProcessOfServer();

    /// <summary>With an API server and, unless a test wants to start it itself, an operator, and nothing in them yet.</summary>
    /// <param name="listen">Where the embedded API server listens in the gateway's namespace,
    /// when others are to reach it.</param>
    /// <param name="prepare">Done to the laboratory before anything runs in it.</param>
    public static async Task<ClusterSite> StartAsync(
        SitePrograms? programs = null, bool serverRunsPods = false, bool withOperator = true,
        string? listen = null, Func<Laboratory, Task>? prepare = null)
    {
        var site = new ClusterSite(await Laboratory.BuildAsync(), programs ?? SitePrograms.Current, serverRunsPods, listen);
        if (prepare is not null) await prepare(site.Laboratory);
        await site.StartServerAsync();
        if (withOperator) site.StartOperator();
        if (site.Runner is { } runner) await runner.StartAsync();
        return site;
    }

    /// <summary>A gateway with one user, alice, and a certificate; and waits until it serves.</summary>
    public async Task ApplyGatewayAsync()
    {
        await PutUsersAsync("alice");
        await PutCertificateAsync(Laboratory.Authority.Issue(Laboratory.GatewayName));
        await PutGatewayAsync();
        await UntilSettledAsync("the first configuration");
    }

    public Task PutGatewayAsync(string name = "home") => Api.ApplyAsync($"{GatewaysPath}/{name}", new JsonObject
    {
        ["apiVersion"] = "vpn.sstp-operator.dev/v1alpha1",
        ["kind"] = "VpnGateway",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = new JsonObject
        {
            ["hostname"] = Laboratory.GatewayName,
            ["certificate"] = new JsonObject { ["secretName"] = "vpn-tls" },
            ["authentication"] = new JsonObject { ["usersSecret"] = new JsonObject { ["name"] = "users" } },
            ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.99.0.0/24") },
            ["drainTime"] = "1s",
        },
    });

    public static string Password(string user) => $"the password of {user}";

    public Task PutUsersAsync(params string[] users) => PutSecretAsync("users", "Opaque", new JsonObject
    {
        ["users.yaml"] = Encode(
            "users:\n" + string.Concat(users.Select(user => $"  - name: {user}\n    password: {Password(user)}\n"))),
    });

    /// <summary>With its authority's root beside it, as cert-manager and the operator put it there.</summary>
    public Task PutCertificateAsync(IssuedCertificate issued) => PutSecretAsync("vpn-tls", "kubernetes.io/tls", new JsonObject
    {
        ["tls.crt"] = Encode(issued.CertificatePem + "\n"),
        ["tls.key"] = Encode(issued.KeyPem + "\n"),
        ["ca.crt"] = Encode(Laboratory.Authority.CertificatePem + "\n"),
    });

    public Task ChangeSpecAsync(JsonObject spec) => Api.MergeAsync(GatewayPath, new JsonObject { ["spec"] = spec });

    public Task ChangePoolsAsync(params string[] pools) =>
        ChangeSpecAsync(new JsonObject
        {
            ["addressing"] = new JsonObject { ["pools4"] = new JsonArray([.. pools.Select(pool => (JsonNode)pool)]) },
        });

    public async Task<JsonNode> StatusAsync() => (await Api.GetAsync(GatewayPath))?["status"] ?? new JsonObject();

    public static string? Condition(JsonNode status, string type, string field) =>
        (string?)(status["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type)?[field];

    /// <summary>gateway.yaml as the config Secret has it.</summary>
    public async Task<string> ConfigurationAsync() =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)(await Api.GetAsync(ConfigPath))!["data"]!["gateway.yaml"]!));

    /// <summary>The number of the configuration that is wanted.</summary>
    public async Task<long> RevisionAsync() => long.Parse(
        (string)(await Api.GetAsync(ConfigPath))!["metadata"]!["annotations"]!["vpn.sstp-operator.dev/revision"]!,
        CultureInfo.InvariantCulture);

    /// <summary>Waits until the operator has seen the spec as it is now, and all that it wants is so.</summary>
    public Task UntilSettledAsync(string what) => UntilAsync(what, (gateway, status) =>
        (long?)status["observedGeneration"] == (long)gateway["metadata"]!["generation"]!
        && Condition(status, "Ready", "status") == "True"
        && (string?)status["gateways"]?[0]?["configHash"] == (string?)status["configHash"]
        && (string?)status["gateways"]?[0]?["certificateSerial"] == (string?)status["certificateSerial"]);

    public Task UntilAsync(string what, Func<JsonNode, JsonNode, bool> holds) => UntilAsync(what, GatewayPath, holds);

    /// <param name="path">Of the VpnGateway that is looked at.</param>
    public async Task UntilAsync(string what, string path, Func<JsonNode, JsonNode, bool> holds)
    {
        JsonNode? last = null;
        try
        {
            await Eventually.TrueAsync(what, Deadline, async () =>
            {
                last = await Api.GetAsync(path);
                return last is not null && holds(last, last["status"] ?? new JsonObject());
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last?["status"]}\n{Operator?.Log}\n{Runner?.Log}");
        }
    }

    public ClientProcess Dial(ClientHost host, string user, params string[] arguments) =>
        ClientProcess.Dial(Laboratory, host, user, Password(user), arguments);

    /// <summary>The first call of the client, at the gateway that was there when it dialled, and packets through it.</summary>
    public async Task AssertStillUpAsync(ClientProcess client, int? gateway)
    {
        Assert.Equal(gateway, GatewayProcess);
        Assert.False(client.HasExited);
        Assert.Equal(1, client.Output.Split('\n').Count(line => line.StartsWith("address 10.", StringComparison.Ordinal)));
        await client.Namespace.RunAsync("ping", "-c", "1", "-W", "10", "10.99.0.1");
    }

    public async Task StartServerAsync()
    {
        await _server.StartAsync();
        Api?.Dispose();
        Api = new ApiClient(Laboratory.GatewayNamespace, _server.Kubeconfig);
    }

    public Task KillServerAsync() => _server.KillAsync();

    public void StartOperator(string? program = null) =>
        Operator = OperatorProcess.Start(Laboratory, program ?? _programs.Operator, _server.Kubeconfig);

    /// <summary>One of several, of which a leader is elected.</summary>
    public OperatorProcess StartReplica(string name, int port) =>
        OperatorProcess.Start(Laboratory, _programs.Operator, _server.Kubeconfig, name, port, elects: true);

    public async ValueTask DisposeAsync()
    {
        if (Operator is not null) await Operator.DisposeAsync();
        if (Runner is not null) await Runner.DisposeAsync();
        Api?.Dispose();
        await _server.DisposeAsync();
        await Laboratory.DisposeAsync();
    }

    public Task<JsonNode?> PutSecretAsync(string name, string type, JsonObject data) =>
        Api.ApplyAsync($"/api/v1/namespaces/default/secrets/{name}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
            ["type"] = type,
            ["data"] = data,
        });

    /// <summary>As the runner's log names it.</summary>
    private int? ProcessOfServer() => Started().Matches(((EmbeddedApiServer)_server).Log).LastOrDefault() is { } started
        ? int.Parse(started.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"Started container gateway of .* as process (\d+)")]
    private static partial Regex Started();
}
