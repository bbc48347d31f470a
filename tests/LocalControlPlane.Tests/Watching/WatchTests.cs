using LocalControlPlane.Storage;
using LocalControlPlane.Tests.Serving;
using TestSupport.Time;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Watching;

public sealed class WatchTests : IAsyncLifetime
{
    // That of the event expiry is always set; a watch that waits sets another.
    private const int TimersOfWaitingWatch = 2;

    private readonly ManualTime _clock = new(DateTimeOffset.UtcNow);
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync(_clock, new HistoryWindow(8, 8, TimeSpan.FromMinutes(5)));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_watch_goes_on_from_the_version_of_a_list_and_misses_nothing()
    {
        await _api.CreateAsync(WidgetPath(), Widget("old"));
        var from = await RevisionAsync();
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        await using var watch = await WatchClient.StartAsync(_api, $"{WidgetPath()}?watch=true&resourceVersion={from}");
        await _api.MergeAsync(WidgetPath("a"), """{"spec":{"size":1}}""");
        await _api.DeleteAsync(WidgetPath("a"));

        Assert.Equal("ADDED a", await watch.NextLineAsync());
        Assert.Equal("MODIFIED a", await watch.NextLineAsync());
        var deleted = await watch.NextAsync();
        Assert.Equal(("DELETED", "1"), (deleted.Text("type"), deleted.Text("object", "spec", "size")));
        Assert.Equal(_api.Plane.Store.Revision.ToString(), deleted.Text("object", "metadata", "resourceVersion"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&resourceVersion=0")]
    public async Task Without_a_version_it_begins_with_what_is_there(string version)
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        await using var watch = await WatchClient.StartAsync(_api, $"{WidgetPath()}?watch=1{version}");
        await _api.CreateAsync(WidgetPath(), Widget("b"));

        Assert.Equal("ADDED a", await watch.NextLineAsync());
        Assert.Equal("ADDED b", await watch.NextLineAsync());
    }

    [Fact]
    public async Task Initial_events_end_with_a_bookmark_that_says_so()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        await using var watch = await WatchClient.StartAsync(
            _api,
            $"{WidgetPath()}"
            + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=");

        Assert.Equal("ADDED a", await watch.NextLineAsync());
        var bookmark = await watch.NextAsync();
        Assert.Equal(("BOOKMARK", "Widget"), (bookmark.Text("type"), bookmark.Text("object", "kind")));
        Assert.Equal("true", bookmark.Text("object", "metadata", "annotations", "k8s.io/initial-events-end"));
        await _api.CreateAsync(WidgetPath(), Widget("b"));
        Assert.Equal("ADDED b", await watch.NextLineAsync());
    }

    [Fact]
    public async Task Initial_events_without_what_they_need_are_invalid() =>
        (await _api.GetAsync($"{WidgetPath()}?watch=1&sendInitialEvents=true"))
            .AssertFailure(422, "Invalid", "resourceVersionMatch");

    [Fact]
    public async Task What_leaves_a_selection_is_deleted_from_it_and_what_enters_is_added()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", "{}", ""","labels":{"x":"1"}"""));
        var from = await RevisionAsync();
        await using var watch = await WatchClient.StartAsync(
            _api, $"{WidgetPath()}?watch=1&labelSelector=x%3D1&resourceVersion={from}");
        await _api.CreateAsync(WidgetPath(), Widget("unseen"));
        await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"labels":{"x":"2"}}}""");
        var left = _api.Plane.Store.Revision;
        await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"labels":{"x":"1"}}}""");

        var deleted = await watch.NextAsync();
        Assert.Equal(("DELETED", "1"), (deleted.Text("type"), deleted.Text("object", "metadata", "labels", "x")));
        Assert.Equal(left.ToString(), deleted.Text("object", "metadata", "resourceVersion"));
        Assert.Equal("ADDED a", await watch.NextLineAsync());
    }

    [Fact]
    public async Task One_object_can_be_watched_by_name()
    {
        var from = await RevisionAsync();
        await using var watch = await WatchClient.StartAsync(
            _api, $"{WidgetPath()}?watch=1&fieldSelector=metadata.name%3Db&resourceVersion={from}");
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        await _api.CreateAsync(WidgetPath(), Widget("b"));

        Assert.Equal("ADDED b", await watch.NextLineAsync());
    }

    [Fact]
    public async Task A_version_that_is_forgotten_is_expired_at_the_start()
    {
        var from = await RevisionAsync();
        await _api.CreateAsync(WidgetPath(), Widget("a"));
        for (var size = 0; size < 9; size++) await _api.MergeAsync(WidgetPath("a"), $$$"""{"spec":{"size":{{{size}}}}}""");

        (await _api.GetAsync($"{WidgetPath()}?watch=1&resourceVersion={from}"))
            .AssertFailure(410, "Expired", "too old resource version");
    }

    [Fact]
    public async Task A_version_from_before_the_store_was_put_back_is_expired() =>
        (await _api.GetAsync($"{WidgetPath()}?watch=1&resourceVersion=99999999")).AssertFailure(410, "Expired");

    [Fact]
    public async Task Bookmarks_come_each_minute_and_before_the_end()
    {
        await using var watch = await WatchClient.StartAsync(
            _api, $"{WidgetPath()}?watch=1&allowWatchBookmarks=true&timeoutSeconds=90&resourceVersion={await RevisionAsync()}");
        // Writes of another kind move the bookmark, so that a quiet watch does not fall out of the history.
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("c"));

        await AdvanceUntilWaitingAsync(TimeSpan.FromSeconds(61));
        var first = await watch.NextAsync();
        Assert.Equal(
            ("BOOKMARK", _api.Plane.Store.Revision.ToString()),
            (first.Text("type"), first.Text("object", "metadata", "resourceVersion")));
        await AdvanceUntilWaitingAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("BOOKMARK", await watch.NextLineAsync());
        Assert.Equal("end", await watch.NextLineAsync());
    }

    /// <summary>No timer waits that long.</summary>
    [Fact]
    public async Task A_client_may_want_to_watch_for_as_long_as_it_can_write_down()
    {
        await using var watch = await WatchClient.StartAsync(_api, $"{WidgetPath()}?watch=1&timeoutSeconds={int.MaxValue}");

        await _api.CreateAsync(WidgetPath(), Widget("a"));

        Assert.Equal("ADDED a", await watch.NextLineAsync());
    }

    [Fact]
    public async Task A_watch_ends_when_the_server_stops()
    {
        var watch = await WatchClient.StartAsync(_api, $"{WidgetPath()}?watch=1&resourceVersion={await RevisionAsync()}");
        var next = watch.NextLineAsync();
        await _api.Plane.DisposeAsync();

        Assert.Equal("end", await next);
        await watch.DisposeAsync();
    }

    private async Task<string> RevisionAsync() => (await _api.GetAsync(WidgetPath())).Body.Text("metadata", "resourceVersion");

    // The watch sets its timer on another thread; time must not pass before it has.
    private async Task AdvanceUntilWaitingAsync(TimeSpan by)
    {
        await TestSupport.Waiting.Eventually.TrueAsync(
            "the watch's timer", TimeSpan.FromSeconds(60), () => Task.FromResult(_clock.TimerCount == TimersOfWaitingWatch));
        _clock.Advance(by);
    }
}
