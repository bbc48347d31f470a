using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class DeleteTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task An_object_that_nothing_holds_goes_at_once()
    {
        var created = await _api.CreateAsync(WidgetPath(), Widget("a"));

        var (code, status) = await _api.DeleteAsync(WidgetPath("a"), """{"propagationPolicy":"Background"}""");

        Assert.Equal((200, "Status", "Success"), (code, status.Text("kind"), status.Text("status")));
        Assert.Equal(created.Text("metadata", "uid"), status.Text("details", "uid"));
        (await _api.GetAsync(WidgetPath("a"))).AssertFailure(404, "NotFound", "widgets.example.test \"a\" not found");
    }

    [Fact]
    public async Task A_finalizer_holds_it_until_it_is_taken_away()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", "{}", ""","finalizers":["example.test/hold"]"""));

        var (code, marked) = await _api.DeleteAsync(WidgetPath("a"));
        var (_, again) = await _api.DeleteAsync(WidgetPath("a"));

        Assert.Equal(
            (200, "2", "0"),
            (code, marked.Text("metadata", "generation"), marked.Text("metadata", "deletionGracePeriodSeconds")));
        Assert.NotEqual("", marked.Text("metadata", "deletionTimestamp"));
        Assert.Equal(marked.Text("metadata", "resourceVersion"), again.Text("metadata", "resourceVersion"));

        (await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"finalizers":["example.test/hold","example.test/more"]}}"""))
            .AssertFailure(422, "Invalid", "no new finalizers can be added if the object is being deleted");
        var (last, _) = await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"finalizers":null}}""");
        Assert.Equal(200, last);
        (await _api.GetAsync(WidgetPath("a"))).AssertFailure(404, "NotFound");
    }

    [Fact]
    public async Task Preconditions_spare_a_successor()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));

        (await _api.DeleteAsync(WidgetPath("a"), """{"preconditions":{"uid":"another"}}"""))
            .AssertFailure(409, "Conflict", "Precondition failed: UID");
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("a"))).Code);
    }

    [Fact]
    public async Task A_dry_run_deletes_nothing()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));

        Assert.Equal(200, (await _api.DeleteAsync(WidgetPath("a") + "?dryRun=All")).Code);
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("a"))).Code);
    }

    [Fact]
    public async Task A_collection_goes_by_selector()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", "{}", ""","labels":{"x":"1"}"""));
        await _api.CreateAsync(WidgetPath(), Widget("b", "{}", ""","labels":{"x":"2"}"""));

        var (code, deleted) = await _api.DeleteAsync(WidgetPath() + "?labelSelector=x%3D1");
        var (_, left) = await _api.GetAsync(WidgetPath());

        Assert.Equal((200, "a"), (code, Assert.Single(deleted["items"]!.AsArray()).Text("metadata", "name")));
        Assert.Equal("b", Assert.Single(left["items"]!.AsArray()).Text("metadata", "name"));
    }

    [Fact]
    public async Task A_pod_on_a_node_stays_until_its_runner_says_that_it_has_ended()
    {
        var pods = "/api/v1/namespaces/default/pods";
        await _api.CreateAsync(
            pods,
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}],"terminationGracePeriodSeconds":7}}""");

        var (_, marked) = await _api.DeleteAsync($"{pods}/p");
        var (_, gone) = await _api.DeleteAsync($"{pods}/p", """{"gracePeriodSeconds":0}""");

        Assert.Equal("7", marked.Text("metadata", "deletionGracePeriodSeconds"));
        Assert.Equal("Success", gone.Text("status"));
        (await _api.GetAsync($"{pods}/p")).AssertFailure(404, "NotFound");
    }

    [Fact]
    public async Task The_default_namespace_stays() =>
        (await _api.DeleteAsync("/api/v1/namespaces/default")).AssertFailure(403, "Forbidden", "may not be deleted");
}
