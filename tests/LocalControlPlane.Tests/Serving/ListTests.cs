using LocalControlPlane.Objects;
using LocalControlPlane.Storage;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class ListTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync()
    {
        _api = await StartAsync(history: new HistoryWindow(4, 4, TimeSpan.FromMinutes(5)));
        foreach (var name in (string[])["c", "a", "d", "b"])
            await _api.CreateAsync(WidgetPath(), Widget(name, "{}", $$""","labels":{"x":"{{name}}"}"""));
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_list_is_in_the_order_of_names_and_has_the_stores_revision()
    {
        var (_, list) = await _api.GetAsync(WidgetPath());

        Assert.Equal(("WidgetList", "example.test/v1"), (list.Text("kind"), list.Text("apiVersion")));
        Assert.Equal(["a", "b", "c", "d"], Names(list));
        Assert.Equal(_api.Plane.Store.Revision.ToString(), list.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task Pages_are_of_one_moment_whatever_is_written_between_them()
    {
        var (_, first) = await _api.GetAsync(WidgetPath() + "?limit=2");
        await _api.DeleteAsync(WidgetPath("c"));
        await _api.CreateAsync(WidgetPath(), Widget("cc"));
        await _api.MergeAsync(WidgetPath("d"), """{"spec":{"size":5}}""");
        var (_, second) = await _api.GetAsync($"{WidgetPath()}?limit=2&continue={first.Text("metadata", "continue")}");

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal("2", first.Text("metadata", "remainingItemCount"));
        Assert.Equal(["c", "d"], Names(second));
        Assert.Equal("", second["items"]![1].Text("spec", "size"));
        Assert.Equal(
            ("", first.Text("metadata", "resourceVersion")),
            (second.Text("metadata", "continue"), second.Text("metadata", "resourceVersion")));
    }

    [Fact]
    public async Task A_page_of_a_moment_that_is_forgotten_is_expired_and_offers_the_rest_of_now()
    {
        var (_, first) = await _api.GetAsync(WidgetPath() + "?limit=2");
        for (var size = 0; size < 6; size++) await _api.MergeAsync(WidgetPath("a"), $$$"""{"spec":{"size":{{{size}}}}}""");

        var answer = await _api.GetAsync($"{WidgetPath()}?limit=2&continue={first.Text("metadata", "continue")}");
        answer.AssertFailure(410, "Expired");
        var (_, rest) = await _api.GetAsync($"{WidgetPath()}?limit=2&continue={answer.Body.Text("metadata", "continue")}");
        Assert.Equal(["c", "d"], Names(rest));
    }

    [Fact]
    public async Task A_page_of_a_moment_to_come_is_expired_since_no_server_gave_its_token()
    {
        var token = new ContinueToken(long.MaxValue, "default", "a").Encode();

        Assert.Equal(410, (await _api.GetAsync($"{WidgetPath()}?limit=1&continue={token}")).Code);
    }

    [Fact]
    public async Task Version_zero_gives_everything_whatever_the_limit() =>
        Assert.Equal(4, Names((await _api.GetAsync(WidgetPath() + "?limit=1&resourceVersion=0")).Body).Length);

    [Fact]
    public async Task An_exact_version_gives_that_moment()
    {
        var then = _api.Plane.Store.Revision;
        await _api.DeleteAsync(WidgetPath("a"));

        var (_, list) = await _api.GetAsync($"{WidgetPath()}?resourceVersion={then}&resourceVersionMatch=Exact");

        Assert.Equal(["a", "b", "c", "d"], Names(list));
    }

    [Fact]
    public async Task A_version_to_come_is_answered_with_a_time_to_retry() =>
        (await _api.GetAsync(WidgetPath() + "?resourceVersion=99999999"))
            .AssertFailure(504, "Timeout", "Too large resource version");

    [Theory]
    [InlineData("labelSelector=x%3Da", "a")]
    [InlineData("labelSelector=x+in+(a,b),x!%3Da", "b")]
    [InlineData("fieldSelector=metadata.name%3Dc", "c")]
    [InlineData("fieldSelector=metadata.name!%3Dc,metadata.namespace%3D%3Ddefault", "a b d")]
    [InlineData("fieldSelector=metadata.namespace%3Dother", "")]
    public async Task Selectors_select(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Names((await _api.GetAsync($"{WidgetPath()}?{query}")).Body)));

    [Theory]
    [InlineData("fieldSelector=spec.size%3D1", "field label not supported: spec.size")]
    [InlineData("labelSelector=a+b", "unable to parse requirement")]
    [InlineData("limit=many", "limit is \"many\"")]
    [InlineData("continue=nonsense", "continue key is not valid")]
    [InlineData("resourceVersionMatch=Exact", "resourceVersionMatch is forbidden")]
    public async Task A_query_that_cannot_be_read_is_refused(string query, string message) =>
        (await _api.GetAsync($"{WidgetPath()}?{query}")).AssertFailure(400, "BadRequest", message);

    [Fact]
    public async Task A_list_without_a_namespace_is_of_all_of_them()
    {
        await _api.CreateAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"other"}}""");
        await _api.CreateAsync("/apis/example.test/v1/namespaces/other/widgets", Widget("z"));

        Assert.Equal(["a", "b", "c", "d", "z"], Names((await _api.GetAsync("/apis/example.test/v1/widgets")).Body));
    }

    private static string[] Names(System.Text.Json.Nodes.JsonObject list) =>
        [.. list["items"]!.AsArray().Select(item => item.Text("metadata", "name"))];
}
