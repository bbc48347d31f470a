using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Logs;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Files;

namespace LocalControlPlane.Tests.Serving;

/// <summary>An API server on a free port of loopback with a folder of its own, and a client that is logged in.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    private const string Widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.test}
        spec:
          group: example.test
          scope: Namespaced
          names: {plural: widgets, kind: Widget, shortNames: [wd], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}
            additionalPrinterColumns:
            - {name: Size, type: integer, jsonPath: .spec.size}
            schema:
              openAPIV3Schema:
                type: object
                description: A thing to test with.
                properties:
                  spec:
                    type: object
                    description: What is wanted.
                    properties:
                      size: {type: integer, minimum: 0, maximum: 100, description: How large it is.}
                      colour: {type: string, default: grey}
                      replicas: {type: integer}
                      names: {type: array, items: {type: string}}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      selector: {type: string}
                      phase: {type: string}
                      conditions:
                        type: array
                        items:
                          type: object
                          properties:
                            type: {type: string}
                            status: {type: string}
                            observedGeneration: {type: integer}
        """;

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private ApiUnderTest(TemporaryFolder folder, bool ownsFolder, ControlPlane plane)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        Plane = plane;
        Client = NewClient(Token);
    }

    public ControlPlane Plane { get; }

    public HttpClient Client { get; }

    public string Token => File.ReadAllText(_folder.File("data/pki/token")).Trim();

    public string DataFolder => _folder.File("data");

    public static Task<ApiUnderTest> StartAsync(
        TimeProvider? clock = null, HistoryWindow? history = null, IPodLogs? logs = null, string? definitions = Widgets) =>
        StartAsync(new TemporaryFolder("api"), ownsFolder: true, clock, history, logs, definitions);

    /// <param name="folder">Stays when this one goes: to start again on what was stored.</param>
    public static async Task<ApiUnderTest> StartAsync(
        TemporaryFolder folder, bool ownsFolder, TimeProvider? clock = null, HistoryWindow? history = null,
        IPodLogs? logs = null, string? definitions = Widgets)
    {
        var crds = Directory.CreateDirectory(folder.File("crds")).FullName;
        if (definitions is not null) File.WriteAllText(Path.Combine(crds, "crds.yaml"), definitions);
        var options = new ControlPlaneOptions(folder.File("data"))
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            DefinitionFolder = definitions is null ? null : crds,
            History = history ?? HistoryWindow.Default,
            PodLogs = logs,
        };
        var plane = await ControlPlane.StartAsync(
            options, clock ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new ApiUnderTest(folder, ownsFolder, plane);
    }

    public static string WidgetPath(string? name = null) =>
        "/apis/example.test/v1/namespaces/default/widgets" + (name is null ? "" : "/" + name);

    public static string Widget(string name, string spec = "{}", string metadata = "") =>
        $$$"""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"{{{name}}}"{{{metadata}}}},"spec":{{{spec}}}}""";

    public static string ConfigMap(string name, string metadata = "", string data = "{}") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"{{{metadata}}}},"data":{{{data}}}}""";

    public HttpClient NewClient(string? token, X509Certificate2? certificate = null) =>
        TrustedClient.Create(Plane.Endpoint, DataFolder, token, certificate);

    public async Task<(int Code, JsonObject Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode
            .Parse(await response.Content.ReadAsStringAsync(), documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!
            .AsObject());
    }

    public Task<(int Code, JsonObject Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(int Code, JsonObject Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<(int Code, JsonObject Body)> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    public Task<(int Code, JsonObject Body)> DeleteAsync(string path, string? body = null) =>
        SendAsync(HttpMethod.Delete, path, body);

    public Task<(int Code, JsonObject Body)> MergeAsync(string path, string body) =>
        SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    public Task<(int Code, JsonObject Body)> ApplyAsync(string path, string body, string manager, bool force = false) =>
        SendAsync(
            HttpMethod.Patch, $"{path}?fieldManager={manager}&force={(force ? "true" : "false")}",
            body, "application/apply-patch+yaml");

    /// <summary>Creates it, and makes sure that it was created.</summary>
    public async Task<JsonObject> CreateAsync(string path, string body)
    {
        var (code, created) = await PostAsync(path, body);
        Assert.True(code == 201, $"{code}: {created.ToJsonString()}");
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Plane.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }
}
