using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class UpdateTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_change_of_the_spec_counts_the_generation_and_the_resource_version()
    {
        var before = await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));

        var (code, after) = await _api.MergeAsync(WidgetPath("a"), """{"spec":{"size":2}}""");

        Assert.Equal((200, "2", "2"), (code, after.Text("spec", "size"), after.Text("metadata", "generation")));
        Assert.NotEqual(before.Text("metadata", "resourceVersion"), after.Text("metadata", "resourceVersion"));
        Assert.Equal(before.Text("metadata", "uid"), after.Text("metadata", "uid"));
    }

    [Theory]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"a":"b"}}}""")]
    [InlineData("""{"metadata":{"finalizers":["example.test/hold"]}}""")]
    public async Task A_change_of_metadata_leaves_the_generation(string patch)
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));

        var (_, after) = await _api.MergeAsync(WidgetPath("a"), patch);

        Assert.Equal("1", after.Text("metadata", "generation"));
    }

    [Fact]
    public async Task A_write_that_changes_nothing_leaves_no_trace()
    {
        var before = await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));
        var revision = _api.Plane.Store.Revision;

        var (_, merged) = await _api.MergeAsync(WidgetPath("a"), """{"spec":{"size":1}}""");
        var (_, put) = await _api.PutAsync(WidgetPath("a"), merged.ToJsonString());

        Assert.Equal(before.Text("metadata", "resourceVersion"), put.Text("metadata", "resourceVersion"));
        Assert.Equal(revision, _api.Plane.Store.Revision);
    }

    [Fact]
    public async Task A_stale_resource_version_is_a_conflict()
    {
        var before = await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));
        await _api.MergeAsync(WidgetPath("a"), """{"spec":{"size":2}}""");

        (await _api.PutAsync(WidgetPath("a"), before.ToJsonString()))
            .AssertFailure(409, "Conflict", "the object has been modified");
        (await _api.MergeAsync(
            WidgetPath("a"),
            $$$"""{"metadata":{"resourceVersion":"{{{before.Text("metadata", "resourceVersion")}}}"},"spec":{"size":3}}"""))
            .AssertFailure(409, "Conflict", "the object has been modified");
    }

    [Fact]
    public async Task A_custom_object_is_not_replaced_by_who_has_not_read_it()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));

        (await _api.PutAsync(WidgetPath("a"), Widget("a")))
            .AssertFailure(422, "Invalid", "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    [Fact]
    public async Task Another_uid_is_a_conflict()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));

        (await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"uid":"11111111-1111-1111-1111-111111111111"}}"""))
            .AssertFailure(409, "Conflict", "UID");
    }

    [Fact]
    public async Task The_name_of_the_body_must_be_that_of_the_path()
    {
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a"));

        (await _api.PutAsync("/api/v1/namespaces/default/configmaps/a", ConfigMap("b")))
            .AssertFailure(400, "BadRequest", "name of the object (b)");
    }

    [Fact]
    public async Task What_the_server_gave_cannot_be_changed()
    {
        var before = await _api.CreateAsync(WidgetPath(), Widget("a"));

        var (_, after) = await _api.MergeAsync(
            WidgetPath("a"),
            """{"metadata":{"creationTimestamp":"2001-01-01T00:00:00Z","generation":99,"deletionTimestamp":"2001-01-01T00:00:00Z"}}""");

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public async Task The_main_path_leaves_the_status_alone_and_the_status_path_the_rest()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));

        var (_, status) = await _api.MergeAsync(
            WidgetPath("a") + "/status", """{"metadata":{"labels":{"x":"y"}},"spec":{"size":9},"status":{"phase":"Fine"}}""");
        var (_, main) = await _api.MergeAsync(WidgetPath("a"), """{"status":{"phase":"Bad"}}""");

        Assert.Equal(
            ("1", "Fine", "1"),
            (status.Text("spec", "size"), status.Text("status", "phase"), status.Text("metadata", "generation")));
        Assert.Null(status["metadata"]!["labels"]);
        Assert.Equal("Fine", main.Text("status", "phase"));
    }

    [Fact]
    public async Task Scale_shows_and_sets_replicas()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"replicas":1}"""));
        await _api.MergeAsync(WidgetPath("a") + "/status", """{"status":{"replicas":1,"selector":"app=a"}}""");

        var (_, shown) = await _api.GetAsync(WidgetPath("a") + "/scale");
        var (code, scaled) = await _api.MergeAsync(WidgetPath("a") + "/scale", """{"spec":{"replicas":3}}""");
        var (_, widget) = await _api.GetAsync(WidgetPath("a"));

        Assert.Equal(
            ("Scale", "autoscaling/v1", "1", "app=a"),
            (shown.Text("kind"), shown.Text("apiVersion"), shown.Text("status", "replicas"), shown.Text("status", "selector")));
        Assert.Equal((200, "3"), (code, scaled.Text("spec", "replicas")));
        Assert.Equal(("3", "2"), (widget.Text("spec", "replicas"), widget.Text("metadata", "generation")));
    }

    [Fact]
    public async Task Writers_that_name_no_revision_all_get_through()
    {
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            _api.MergeAsync("/api/v1/namespaces/default/configmaps/a", $$$"""{"data":{"key{{{i}}}":"x"}}""")));
        var (_, stored) = await _api.GetAsync("/api/v1/namespaces/default/configmaps/a");

        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
        Assert.Equal(20, stored["data"]!.AsObject().Count);
    }

    [Fact]
    public async Task An_immutable_ConfigMap_stays_as_it_is()
    {
        await _api.CreateAsync(
            "/api/v1/namespaces/default/configmaps",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"},"immutable":true}""");

        (await _api.MergeAsync("/api/v1/namespaces/default/configmaps/a", """{"data":{"x":"2"}}"""))
            .AssertFailure(422, "Invalid", "immutable");
    }

    [Fact]
    public async Task The_type_of_a_Secret_never_changes()
    {
        await _api.CreateAsync(
            "/api/v1/namespaces/default/secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{}}""");

        (await _api.MergeAsync("/api/v1/namespaces/default/secrets/s", """{"type":"other"}"""))
            .AssertFailure(422, "Invalid", "field is immutable");
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));

        var (_, dry) = await _api.MergeAsync(WidgetPath("a") + "?dryRun=All", """{"spec":{"size":2}}""");
        var (_, stored) = await _api.GetAsync(WidgetPath("a"));

        Assert.Equal(("2", "2"), (dry.Text("spec", "size"), dry.Text("metadata", "generation")));
        Assert.Equal(("1", "1"), (stored.Text("spec", "size"), stored.Text("metadata", "generation")));
    }

    /// <summary>Who owns its fields is the one part of most objects that may be as deep as its writer likes.</summary>
    [Fact]
    public async Task What_is_as_deep_as_may_be_sent_can_be_stored_listed_and_read()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        var deep = string.Concat(Enumerable.Repeat("{\"f:a\":", 120)) + "{}" + new string('}', 120);
        var patch =
            $$$"""{"metadata":{"managedFields":[{"manager":"x","operation":"Update","apiVersion":"example.test/v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{{{deep}}}}]}}""";

        var (code, _) = await _api.MergeAsync(WidgetPath("a"), patch);
        Assert.Equal(200, code);
        var (deeper, refusal) = await _api.MergeAsync(
            WidgetPath("a"), $$$"""{"spec":{"names":{{{new string('[', 200)}}}{{{new string(']', 200)}}} } }""");
        Assert.Equal((400, "BadRequest"), (deeper, refusal.Text("reason")));

        using var listed = await _api.Client.GetAsync(WidgetPath());
        Assert.Contains(deep, await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
