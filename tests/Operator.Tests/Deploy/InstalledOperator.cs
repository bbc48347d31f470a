using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KubeApi.Credentials;
using LocalControlPlane;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Hosting;
using TestSupport.Files;

namespace Operator.Tests.Deploy;

/// <summary>The operator with the rights that deploy/install.yaml gives it, and no others,
/// at an API server that enforces them.</summary>
internal sealed class InstalledOperator : IAsyncDisposable
{
    public const string Namespace = "sstp-system";

    public const string MetricsClientSecret = "sstp-metrics-client";

    private const string ServiceAccount = "sstp-operator";

    private readonly TemporaryFolder _folder;
    private readonly ControlPlane _plane;
    private readonly CancellationTokenSource _stopping = new();
    private OperatorHost? _host;
    private Task _running = Task.CompletedTask;

    private InstalledOperator(TemporaryFolder folder, ControlPlane plane)
    {
        _folder = folder;
        _plane = plane;
    }

    /// <summary>What the operator asked for so far, refused or not.</summary>
    public IReadOnlyList<Right> Asked => [.. Lines().Select(Right.Of)];

    public IReadOnlyList<Right> Refused =>
        [.. Lines().Where(line => !(bool)line["allowed"]!).Select(Right.Of).Distinct().Order()];

    public static async Task<InstalledOperator> StartAsync()
    {
        var folder = new TemporaryFolder("rights");
        var plane = await ControlPlane.StartAsync(
            new ControlPlaneOptions(folder.File("data"))
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0), AuditFile = folder.File("audit"),
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var installed = new InstalledOperator(folder, plane);
        foreach (var manifest in Manifests.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "install.yaml"))))
            await installed.CreateAsync(manifest);
        await installed.StartOperatorAsync();
        return installed;
    }

    public Task CreateAsync(string yaml) => CreateAsync(Manifests.Parse(yaml).Single());

    public Task ChangeAsync(string kind, string space, string name, Action<JsonObject> change, string part = "")
    {
        var type = _plane.Types.Current.All.First(type => type.Kind == kind && !type.IsView);
        return _plane.Writer.ChangeAsync(
            type, Key(kind, space, name), part == "status" ? WritePath.Status : WritePath.Main, (live, _) =>
            {
                change(live);
                return live;
            }, new WriteOptions("tests"));
    }

    public Task DeleteAsync(string kind, string space, string name) => _plane.Remover.DeleteAsync(
        _plane.Types.Current.All.First(type => type.Kind == kind && !type.IsView),
        Key(kind, space, name), new DeleteOptions(GraceSeconds: 0));

    public bool Exists(string kind, string space, string name) => _plane.Store.Find(Key(kind, space, name)) is not null;

    public string? Condition(string kind, string space, string name, string type) =>
        (string?)(_plane.Store.Find(Key(kind, space, name))?.ToMutable()["status"]?["conditions"] as JsonArray)
            ?.FirstOrDefault(condition => (string?)condition!["type"] == type)?["status"];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        if (_host is not null) await _host.DisposeAsync();
        await _plane.DisposeAsync();
        _stopping.Dispose();
        _folder.Dispose();
    }

    private Task<WriteResult> CreateAsync(JsonObject manifest)
    {
        var type = _plane.Types.Current.FindKind((string)manifest["apiVersion"]!, (string)manifest["kind"]!)!;
        return _plane.Writer.CreateAsync(
            type, type.IsNamespaced ? (string)manifest["metadata"]!["namespace"]! : "", manifest, new WriteOptions("tests"));
    }

    private ObjectKey Key(string kind, string space, string name) =>
        new(_plane.Types.Current.All.First(type => type.Kind == kind && !type.IsView).StorageName, space, name);

    private async Task StartOperatorAsync()
    {
        var roots = TrustedRoots.FromFile(_folder.File("data/pki/ca.crt"));
        var access = new ClusterAccess
        {
            Server = _plane.Endpoint,
            Roots = roots,
            DefaultNamespace = Namespace,
            Credentials = new FixedCredential(Credential.Bearer(await TokenAsync(roots))),
        };
        _host = new OperatorHost(
            new OperatorOptions
            {
                OwnNamespace = Namespace,
                HealthAddress = new IPEndPoint(IPAddress.Loopback, 0),
                MetricsClientSecret = MetricsClientSecret,
            },
            access,
            logging => logging.SetMinimumLevel(LogLevel.None));
        _running = _host.RunAsync(_stopping.Token);
    }

    private async Task<string> TokenAsync(TrustedRoots roots)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            roots.Accept(shown as System.Security.Cryptography.X509Certificates.X509Certificate2, chain, errors);
        using var client = new HttpClient(handler) { BaseAddress = _plane.Endpoint };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await File.ReadAllTextAsync(_folder.File("data/pki/token"))).Trim());
        using var answer = await client.PostAsync(
            $"/api/v1/namespaces/{Namespace}/serviceaccounts/{ServiceAccount}/token", JsonContent.Create(new JsonObject()));
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["status"]!["token"]!;
    }

    private List<JsonObject> Lines()
    {
        using var reader = new StreamReader(
            new FileStream(_folder.File("audit"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = new List<JsonObject>();
        while (reader.ReadLine() is { } line)
            if (JsonNode.Parse(line) is JsonObject read
                && (string?)read["user"] == $"system:serviceaccount:{Namespace}:{ServiceAccount}")
                lines.Add(read);
        return lines;
    }
}
