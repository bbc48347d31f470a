using System.Net;
using System.Text.Json.Nodes;
using TestSupport.Time;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

/// <summary>What kubectl lives on: the OpenAPI documents and tables.</summary>
public sealed class KubectlDocumentTests : IAsyncLifetime
{
    private const string Table =
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    private readonly ManualTime _clock = new(DateTimeOffset.UtcNow);
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync(_clock);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task The_address_of_a_document_changes_with_its_content()
    {
        var before = await AddressAsync();
        await _api.MergeAsync(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.test",
            """{"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","description":"Changed."}}}]}}""");

        Assert.NotEqual(before, await AddressAsync());
        Assert.Contains("Changed.", (await _api.GetAsync(await AddressAsync())).Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_the_client_has_is_not_sent_again()
    {
        var address = await AddressAsync();
        var tag = (await _api.Client.GetAsync(address)).Headers.ETag!;
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };

        Assert.Equal(HttpStatusCode.NotModified, (await _api.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Strategic_merge_patches_are_offered_for_built_in_kinds_only()
    {
        Assert.DoesNotContain(
            "strategic-merge-patch", (await _api.GetAsync("/openapi/v3/apis/example.test/v1")).Body.ToJsonString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "strategic-merge-patch", (await _api.GetAsync("/openapi/v3/api/v1")).Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_type_that_is_served_is_described()
    {
        foreach (var type in _api.Plane.Types.Current.All)
        {
            var path = type.Group.Length == 0
                ? $"/openapi/v3/api/{type.Version}"
                : $"/openapi/v3/apis/{type.Group}/{type.Version}";
            Assert.Contains(
                $"\"kind\":\"{type.Kind}\"", (await _api.GetAsync(path)).Body.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_comes_as_a_table_with_the_lists_version_and_pages()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":7}"""));
        await _api.CreateAsync(WidgetPath(), Widget("b"));

        var table = await TableAsync(WidgetPath() + "?limit=1");

        Assert.Equal(("Table", "meta.k8s.io/v1"), (table.Text("kind"), table.Text("apiVersion")));
        Assert.Equal(["Name", "Size"], table["columnDefinitions"]!.AsArray().Select(column => column.Text("name")));
        Assert.Equal("""["a",7]""", table["rows"]![0]!["cells"]!.ToJsonString());
        Assert.Equal("PartialObjectMetadata", table["rows"]![0].Text("object", "kind"));
        Assert.Equal(_api.Plane.Store.Revision.ToString(), table.Text("metadata", "resourceVersion"));
        Assert.NotEqual("", table.Text("metadata", "continue"));
    }

    [Fact]
    public async Task The_server_renders_ages()
    {
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a"));
        _clock.Advance(TimeSpan.FromMinutes(5));

        var table = await TableAsync("/api/v1/namespaces/default/configmaps/a");

        Assert.Equal("5m", table["rows"]![0]!["cells"]![2].Text()[..2]);
    }

    [Fact]
    public async Task A_watch_comes_as_tables_of_one_row()
    {
        var from = (await _api.GetAsync(WidgetPath())).Body.Text("metadata", "resourceVersion");
        await using var watch = await Watching.WatchClient.StartAsync(
            _api, $"{WidgetPath()}?watch=1&resourceVersion={from}", Table);
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":7}"""));

        var frame = await watch.NextAsync();

        Assert.Equal(
            ("ADDED", "Table", """["a",7]"""),
            (frame.Text("type"), frame.Text("object", "kind"), frame!["object"]!["rows"]![0]!["cells"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_row_carries_what_the_client_wants_beside_it()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":7}"""));

        Assert.Equal("7", (await TableAsync(WidgetPath() + "?includeObject=Object"))["rows"]![0].Text("object", "spec", "size"));
        Assert.Null((await TableAsync(WidgetPath() + "?includeObject=None"))["rows"]![0]!["object"]);
    }

    private async Task<string> AddressAsync() =>
        (await _api.GetAsync("/openapi/v3")).Body["paths"].Text("apis/example.test/v1", "serverRelativeURL");

    private async Task<JsonObject> TableAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", Table);
        using var response = await _api.Client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
