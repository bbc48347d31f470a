using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using TestSupport.Time;
using TestSupport.Waiting;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Collection;

public sealed class CollectionTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualTime _clock = new(DateTimeOffset.UtcNow);
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync(_clock);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Dependents_follow_their_owner()
    {
        var owner = await OwnerAsync();
        await _api.CreateAsync(ConfigMaps, ConfigMap("child", OwnedBy(owner)));

        await _api.DeleteAsync(WidgetPath("owner"));

        await GoneAsync($"{ConfigMaps}/child");
    }

    [Fact]
    public async Task Orphans_stay_without_the_reference()
    {
        var owner = await OwnerAsync();
        await _api.CreateAsync(ConfigMaps, ConfigMap("child", OwnedBy(owner)));

        await _api.DeleteAsync(WidgetPath("owner"), """{"propagationPolicy":"Orphan"}""");
        await GoneAsync(WidgetPath("owner"));

        Assert.Null((await _api.GetAsync($"{ConfigMaps}/child")).Body["metadata"]!["ownerReferences"]);
    }

    [Fact]
    public async Task In_the_foreground_the_owner_goes_last()
    {
        var owner = await OwnerAsync();
        await _api.CreateAsync(ConfigMaps, ConfigMap("child", OwnedBy(owner) + ""","finalizers":["example.test/hold"]"""));

        await _api.DeleteAsync(WidgetPath("owner"), """{"propagationPolicy":"Foreground"}""");
        await Eventually.TrueAsync("the child to be marked", Patience, async () =>
            (await _api.GetAsync($"{ConfigMaps}/child")).Body.Text("metadata", "deletionTimestamp").Length > 0);
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("owner"))).Code);

        await _api.MergeAsync($"{ConfigMaps}/child", """{"metadata":{"finalizers":null}}""");
        await GoneAsync(WidgetPath("owner"));
    }

    [Fact]
    public async Task A_child_of_an_owner_that_never_was_goes()
    {
        await _api.CreateAsync(ConfigMaps, ConfigMap(
            "child",
            ""","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"x","uid":"11111111-1111-1111-1111-111111111111"}]"""));

        await GoneAsync($"{ConfigMaps}/child");
    }

    [Fact]
    public async Task What_a_crash_left_undone_is_done_after_the_next_start()
    {
        using var folder = new TemporaryFolder("api");
        await using (var first = await StartAsync(folder, ownsFolder: false))
        {
            await first.CreateAsync(
                "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"going"}}""");
            await first.CreateAsync(
                "/api/v1/namespaces/going/configmaps", ConfigMap("left", ""","finalizers":["example.test/hold"]"""));
            await first.DeleteAsync("/api/v1/namespaces/going");
        }

        await using var second = await StartAsync(folder, ownsFolder: false);
        Assert.Equal("Terminating", (await second.GetAsync("/api/v1/namespaces/going")).Body.Text("status", "phase"));
        await second.MergeAsync("/api/v1/namespaces/going/configmaps/left", """{"metadata":{"finalizers":null}}""");
        await Eventually.TrueAsync(
            "the namespace to go", Patience, async () => (await second.GetAsync("/api/v1/namespaces/going")).Code == 404);
    }

    [Fact]
    public async Task A_namespace_goes_with_all_that_is_in_it_and_takes_nothing_new_meanwhile()
    {
        await _api.CreateAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"going"}}""");
        await _api.CreateAsync(
            "/apis/example.test/v1/namespaces/going/widgets", Widget("held", "{}", ""","finalizers":["example.test/hold"]"""));
        await _api.CreateAsync("/api/v1/namespaces/going/configmaps", ConfigMap("plain"));

        var (_, marked) = await _api.DeleteAsync("/api/v1/namespaces/going");
        Assert.Equal("Terminating", marked.Text("status", "phase"));
        await GoneAsync("/api/v1/namespaces/going/configmaps/plain");
        (await _api.PostAsync("/api/v1/namespaces/going/configmaps", ConfigMap("new")))
            .AssertFailure(403, "Forbidden", "being terminated");
        Assert.Equal(200, (await _api.GetAsync("/api/v1/namespaces/going")).Code);

        await _api.MergeAsync("/apis/example.test/v1/namespaces/going/widgets/held", """{"metadata":{"finalizers":null}}""");
        await GoneAsync("/api/v1/namespaces/going");
    }

    [Fact]
    public async Task A_definition_goes_after_its_objects()
    {
        await _api.CreateAsync(WidgetPath(), Widget("held", "{}", ""","finalizers":["example.test/hold"]"""));
        await _api.CreateAsync(WidgetPath(), Widget("plain"));
        var definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.test";

        await _api.DeleteAsync(definition);
        await GoneAsync(WidgetPath("plain"));
        Assert.Equal(200, (await _api.GetAsync(definition)).Code);

        await _api.MergeAsync(WidgetPath("held"), """{"metadata":{"finalizers":null}}""");
        await GoneAsync(definition);
        (await _api.GetAsync(WidgetPath())).AssertFailure(404, "NotFound", "could not find the requested resource");
    }

    [Fact]
    public async Task Events_go_an_hour_after_they_were_last_seen()
    {
        var events = "/api/v1/namespaces/default/events";
        await _api.CreateAsync(events, Event("old", _clock.GetUtcNow().AddMinutes(-62)));
        await _api.CreateAsync(events, Event("new", _clock.GetUtcNow()));

        // Creation counts, too: what was written just now is not old whatever it tells of.
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(200, (await _api.GetAsync($"{events}/old")).Code);
        await _api.MergeAsync($"{events}/new", $$"""{"lastTimestamp":"{{_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}"}""");
        _clock.Advance(TimeSpan.FromMinutes(32));

        await GoneAsync($"{events}/old");
        Assert.Equal(200, (await _api.GetAsync($"{events}/new")).Code);
    }

    private static string Event(string name, DateTimeOffset at) =>
        $$$"""{"apiVersion":"v1","kind":"Event","metadata":{"name":"{{{name}}}"},"involvedObject":{"kind":"Widget","namespace":"default","name":"a"},"reason":"R","lastTimestamp":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}"}""";

    private async Task<System.Text.Json.Nodes.JsonObject> OwnerAsync() => await _api.CreateAsync(WidgetPath(), Widget("owner"));

    private static string OwnedBy(System.Text.Json.Nodes.JsonObject owner) =>
        $$""","ownerReferences":[{"apiVersion":"example.test/v1","kind":"Widget","name":"owner","uid":"{{owner.Text("metadata", "uid")}}","blockOwnerDeletion":true}]""";

    private Task GoneAsync(string path) =>
        Eventually.TrueAsync($"{path} to go", Patience, async () => (await _api.GetAsync(path)).Code == 404);
}
