using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class EventTests : IAsyncLifetime
{
    private const string Core = "/api/v1/namespaces/default/events";
    private const string New = "/apis/events.k8s.io/v1/namespaces/default/events";

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task What_one_API_writes_the_other_shows_in_its_own_words()
    {
        await _api.CreateAsync(New, NewEvent("e"));

        var (_, core) = await _api.GetAsync($"{Core}/e");
        var (_, back) = await _api.GetAsync($"{New}/e");

        Assert.Equal(("v1", "It happened", "w", "sstp-operator", "sstp-operator"), (
            core.Text("apiVersion"), core.Text("message"), core.Text("involvedObject", "name"),
            core.Text("reportingComponent"), core.Text("source", "component")));
        Assert.Equal(
            ("events.k8s.io/v1", "It happened", "w"),
            (back.Text("apiVersion"), back.Text("note"), back.Text("regarding", "name")));
    }

    [Fact]
    public async Task kubectl_describe_finds_an_event_by_the_object_it_is_about()
    {
        await _api.CreateAsync(New, NewEvent("e"));
        await _api.CreateAsync(New, NewEvent("other", about: "x"));

        var (_, list) = await _api.GetAsync(
            $"{Core}?fieldSelector=involvedObject.uid%3Du-w,involvedObject.name%3Dw,involvedObject.namespace%3Ddefault,involvedObject.kind%3DWidget&limit=500");

        Assert.Equal("e", Assert.Single(list["items"]!.AsArray()).Text("metadata", "name"));
    }

    [Fact]
    public async Task The_new_API_can_be_selected_by_its_own_words()
    {
        await _api.CreateAsync(New, NewEvent("e"));
        await _api.CreateAsync(New, NewEvent("other", about: "x"));

        var (_, list) = await _api.GetAsync($"{New}?fieldSelector=regarding.name%3Dw,reportingController%3Dsstp-operator");

        Assert.Equal(("EventList", "e"), (list.Text("kind"), Assert.Single(list["items"]!.AsArray()).Text("metadata", "name")));
    }

    [Theory]
    [InlineData("eventTime")]
    [InlineData("reportingController")]
    [InlineData("reportingInstance")]
    [InlineData("action")]
    [InlineData("reason")]
    public async Task The_new_API_insists_on_who_saw_what_and_when(string field)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(NewEvent("e"))!.AsObject();
        body.Remove(field);

        (await _api.PostAsync(New, body.ToJsonString())).AssertFailure(422, "Invalid", $"{field}: Required value");
    }

    [Fact]
    public async Task A_series_is_a_change_that_both_show()
    {
        await _api.CreateAsync(New, NewEvent("e"));
        await _api.MergeAsync($"{New}/e", """{"series":{"count":3,"lastObservedTime":"2026-01-01T00:00:00.000000Z"}}""");

        Assert.Equal("3", (await _api.GetAsync($"{Core}/e")).Body.Text("series", "count"));
    }

    [Fact]
    public async Task An_event_is_written_beside_what_it_is_about() =>
        (await _api.PostAsync(
            Core,
            """{"apiVersion":"v1","kind":"Event","metadata":{"name":"e"},"involvedObject":{"kind":"Widget","namespace":"other","name":"a"}}"""))
            .AssertFailure(422, "Invalid", "does not match event.namespace");

    private static string NewEvent(string name, string about = "w") =>
        $$$"""{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"{{{name}}}"},"eventTime":"2026-01-01T00:00:00.000000Z","reportingController":"sstp-operator","reportingInstance":"one","action":"Publish","reason":"Published","type":"Normal","note":"It happened","regarding":{"apiVersion":"example.test/v1","kind":"Widget","namespace":"default","name":"{{{about}}}","uid":"u-{{{about}}}"}}""";
}
