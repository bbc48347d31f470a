using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class DiscoveryTests : IAsyncLifetime
{
    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Groups_and_resources_are_found_one_by_one()
    {
        var (_, groups) = await _api.GetAsync("/apis");
        var (_, resources) = await _api.GetAsync("/apis/example.test/v1");

        Assert.Contains("example.test", groups["groups"]!.AsArray().Select(group => group.Text("name")));
        Assert.Equal(
            ["widgets", "widgets/status", "widgets/scale"],
            resources["resources"]!.AsArray().Select(resource => resource.Text("name")));
        Assert.Equal(("Widget", "widget", "True"), (
            resources["resources"]![0].Text("kind"),
            resources["resources"]![0].Text("singularName"),
            resources["resources"]![0]!["namespaced"]!.GetValue<bool>().ToString()));
    }

    [Fact]
    public async Task All_is_found_in_one_answer_by_who_asks_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", Aggregated);
        using var response = await _api.Client.SendAsync(request);
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.Equal(
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        var group = body["items"]!.AsArray().Single(item => item.Text("metadata", "name") == "example.test");
        var resource = group!["versions"]![0]!["resources"]![0];
        Assert.Equal(
            ("widgets", "Namespaced", "Widget"),
            (resource.Text("resource"), resource.Text("scope"), resource.Text("responseKind", "kind")));
    }

    [Fact]
    public async Task A_definition_that_a_client_creates_is_established_and_served_at_once()
    {
        var created = await _api.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Gadgets("v1"));

        Assert.Contains(
            created["status"]!["conditions"]!.AsArray(),
            condition => condition.Text("type") == "Established" && condition.Text("status") == "True");
        Assert.Equal(200, (await _api.GetAsync("/apis/other.test/v1/gadgets")).Code);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"wrong.other.test"}}""", "must be spec.names.plural")]
    [InlineData("""{"spec":{"scope":"Everywhere"}}""", "spec.scope")]
    [InlineData("""{"spec":{"versions":[]}}""", "spec.versions")]
    [InlineData("""{"spec":{"conversion":{"strategy":"Webhook"}}}""", "spec.conversion.strategy")]
    public async Task A_definition_that_cannot_be_served_is_refused(string difference, string message)
    {
        var definition = JsonNode.Parse(Gadgets("v1"))!.AsObject();
        foreach (var (section, values) in JsonNode.Parse(difference)!.AsObject())
            foreach (var (name, value) in values!.AsObject()) definition[section]![name] = value?.DeepClone();

        (await _api.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition.ToJsonString()))
            .AssertFailure(422, "Invalid", message);
    }

    [Fact]
    public async Task Both_versions_of_a_kind_show_the_same_object()
    {
        await _api.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Gadgets("v1", "v1beta1"));
        await _api.CreateAsync(
            "/apis/other.test/v1/gadgets", """{"apiVersion":"other.test/v1","kind":"Gadget","metadata":{"name":"g"}}""");

        var (_, older) = await _api.GetAsync("/apis/other.test/v1beta1/gadgets/g");

        Assert.Equal("other.test/v1beta1", older.Text("apiVersion"));
    }

    [Theory]
    [InlineData("/apis/none.test")]
    [InlineData("/apis/example.test/v9")]
    [InlineData("/apis/example.test/v1/gizmos")]
    [InlineData("/apis/example.test/v1/namespaces/default/widgets/a/none")]
    [InlineData("/nothing")]
    [InlineData("/openapi/v1")]
    public async Task What_is_not_served_is_not_found(string path) => (await _api.GetAsync(path)).AssertFailure(404, "NotFound");

    [Fact]
    public async Task There_is_an_OpenAPI_v2_without_kinds_for_clients_that_ask_whether_there_is_one() =>
        Assert.Empty((await _api.GetAsync("/openapi/v2")).Body["definitions"]!.AsObject());

    private static string Gadgets(params string[] versions)
    {
        var list = versions.Select((version, index) =>
            $$$"""{"name":"{{{version}}}","served":true,"storage":{{{(index == 0 ? "true" : "false")}}},"schema":{"openAPIV3Schema":{"type":"object"} } }""");
        return $$$"""{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.other.test"},"spec":{"group":"other.test","scope":"Cluster","names":{"plural":"gadgets","kind":"Gadget"},"versions":[{{{string.Join(',', list)}}}]} }""";
    }
}
