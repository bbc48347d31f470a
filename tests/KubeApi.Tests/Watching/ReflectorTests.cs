using System.Text;
using KubeApi.Tests.Server;
using KubeApi.Watching;

namespace KubeApi.Tests.Watching;

public sealed class ReflectorTests
{
    [Fact]
    public async Task Lists_once_and_then_follows_the_watch()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10", Widget.Manifest("a", "3"), Widget.Manifest("b", "4"))
            .Watch(async answer =>
            {
                await answer.EventAsync("ADDED", Widget.Manifest("c", "11"));
                await answer.EventAsync("MODIFIED", Widget.Manifest("a", "12", size: "2"));
                await answer.EventAsync("DELETED", Widget.Manifest("b", "13"));
            });
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("the second watch", () => widgets.Watches.Count == 2);

        Assert.Equal(["a", "c"], running.Names);
        Assert.Equal("2", running.Reflector.Cache.Find(new("ns", "a"))!.Value.Spec!.Size);
        Assert.Equal(["0"], widgets.Lists.Select(list => list.ResourceVersion));
        Assert.Equal(["10", "13"], widgets.Watches.Select(watch => watch.ResourceVersion));
        Assert.Equal(
            ["Added a", "Added b", "Added c", "Modified a", "Deleted b"],
            running.Changes.Select(change => $"{change.Kind} {change.Current.Metadata.Name}"));
    }

    [Fact]
    public async Task Forgets_the_bookkeeping_of_field_owners_and_keeps_all_else()
    {
        await using var widgets = new ScriptedWidgets().List("10", Widget.Manifest("a", "3"));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("the list", () => running.Names.Length == 1);

        var json = running.Reflector.Cache.Find(new("ns", "a"))!.Json.ToString();
        Assert.DoesNotContain("managedFields", json, StringComparison.Ordinal);
        Assert.Contains("unknown to the type", json, StringComparison.Ordinal);
    }

    /// <summary>Whoever may write one Secret in a cluster could have kept the operator from seeing any other.</summary>
    [Fact]
    public async Task An_object_that_nests_deeply_does_not_make_it_deaf_to_all_others()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"f:a\":", 500)) + "{}" + new string('}', 500);
        var hostile = $",\"managedFields\":[{{\"fieldsV1\":{deep}}}]";
        await using var widgets = new ScriptedWidgets()
            .List("10", Widget.Manifest("a", "3")
                .Replace(",\"managedFields\":[{\"manager\":\"somebody\"}]", hostile, StringComparison.Ordinal))
            .Watch(async answer =>
            {
                await answer.EventAsync("MODIFIED", Widget.Manifest("a", "11")
                    .Replace(",\"managedFields\":[{\"manager\":\"somebody\"}]", hostile, StringComparison.Ordinal));
                await answer.EventAsync("ADDED", Widget.Manifest("b", "12"));
            });
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("both", () => running.Names.Length == 2);

        Assert.Equal("11", running.Reflector.Cache.Find(new("ns", "a"))!.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Goes_on_from_a_bookmark()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .Watch(answer => answer.EventAsync("BOOKMARK", Widget.Bookmark("500")));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("the second watch", () => widgets.Watches.Count == 2);

        Assert.Equal("500", widgets.Watches[1].ResourceVersion);
        Assert.Empty(running.Changes);
    }

    [Fact]
    public async Task A_black_holed_watch_is_given_up_and_goes_on_where_it_was()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .Watch(async answer =>
            {
                await answer.EventAsync("ADDED", Widget.Manifest("a", "11"));
                await answer.SilenceAsync();
            })
            .Watch(answer => answer.EventAsync("ADDED", Widget.Manifest("b", "12")));
        await using var running = new RunningReflector(
            widgets.Server, new ReflectorOptions { Namespace = "ns", ShortestWatch = TimeSpan.FromSeconds(30) });
        await running.UntilAsync("the first event", () => running.Names.Length == 1);

        await running.UntilLaterAsync("what came after the silence", () => running.Names.Length == 2);

        Assert.Equal("11", widgets.Watches[1].ResourceVersion);
        Assert.Single(widgets.Lists);
    }

    [Fact]
    public async Task Where_bookmarks_come_their_absence_shows_a_dead_connection_long_before_the_watch_is_over()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .Watch(async answer =>
            {
                await answer.EventAsync("BOOKMARK", Widget.Bookmark("11"));
                await answer.SilenceAsync();
            });
        await using var running = new RunningReflector(
            widgets.Server, new ReflectorOptions { Namespace = "ns", ShortestWatch = TimeSpan.FromHours(1) });
        await running.UntilAsync("the first watch", () => widgets.Watches.Count == 1);
        var begun = running.Time.GetTimestamp();

        await running.UntilLaterAsync("another watch", () => widgets.Watches.Count == 2);

        Assert.InRange(running.Time.GetElapsedTime(begun), TimeSpan.FromSeconds(150), TimeSpan.FromMinutes(10));
        Assert.Equal("11", widgets.Watches[1].ResourceVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_old_a_version_leads_to_a_new_list_and_deletions_that_nobody_told_are_found(bool asEvent)
    {
        await using var widgets = new ScriptedWidgets()
            .List("10", Widget.Manifest("kept", "3"), Widget.Manifest("missed", "4"))
            .WatchRaw(async (_, answer) =>
            {
                if (!asEvent)
                {
                    await answer.RefuseAsync(410, "Expired");
                    return;
                }

                await answer.BeginStreamAsync();
                await answer.EventAsync("ADDED", Widget.Manifest("late", "11"));
                await answer.EventAsync(
                    "ERROR", """{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}""");
                await answer.EndStreamAsync();
            })
            .List("90", Widget.Manifest("kept", "3"), Widget.Manifest("new", "80"));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilLaterAsync("the watch after the new list", () => widgets.Watches.Count == 2);

        Assert.Equal(["kept", "new"], running.Names);
        Assert.Contains(running.Changes, change => change is { Kind: CacheChangeKind.Deleted, Current.Metadata.Name: "missed" });
        Assert.DoesNotContain(running.Changes, change => change.Kind == CacheChangeKind.Modified);
        Assert.Equal("90", widgets.Watches[1].ResourceVersion);
        Assert.Equal(asEvent ? "11" : "10", widgets.Lists[1].ResourceVersion);
        Assert.Equal("NotOlderThan", widgets.Lists[1].Query["resourceVersionMatch"]);
    }

    [Fact]
    public async Task A_list_that_is_refused_as_too_old_or_too_new_is_asked_for_from_storage()
    {
        await using var widgets = new ScriptedWidgets()
            .List((_, answer) => answer.JsonAsync(
                """{"kind":"Status","code":504,"reason":"Timeout","message":"Too large resource version: 10, current: 4","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}]}}""",
                504))
            .List("4", Widget.Manifest("a", "3"));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilLaterAsync("the list", () => running.Names.Length == 1);

        Assert.Equal("0", widgets.Lists[0].ResourceVersion);
        Assert.Null(widgets.Lists[^1].ResourceVersion);
    }

    [Fact]
    public async Task A_continue_token_that_expires_in_the_middle_leads_to_a_whole_new_list()
    {
        await using var widgets = new ScriptedWidgets()
            .List((_, answer) => answer.JsonAsync(
                $$"""{"metadata":{"resourceVersion":"5","continue":"more"},"items":[{{Widget.Manifest("a", "3")}}]}"""))
            .List((_, answer) => answer.RefuseAsync(410, "Expired"))
            .List("9", Widget.Manifest("b", "8"));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilLaterAsync("the list", () => running.Names.Length == 1);

        Assert.Equal(["b"], running.Names);
        Assert.Equal("more", widgets.Lists[1].Query["continue"]);
        Assert.False(widgets.Lists[2].Query.ContainsKey("continue"));
    }

    [Fact]
    public async Task A_kind_that_is_not_installed_yet_is_waited_for()
    {
        await using var widgets = new ScriptedWidgets()
            .List((_, answer) => answer.BytesAsync("404 page not found"u8.ToArray(), 404))
            .List((_, answer) => answer.RefuseAsync(404, "NotFound"))
            .List("9", Widget.Manifest("b", "8"));
        await using var running = new RunningReflector(widgets.Server);
        await running.UntilAsync("the first answer", () => running.Reflector.State == ReflectorState.NotInstalled);
        Assert.False(running.Reflector.Synced.IsCompleted);

        await running.UntilLaterAsync("the list", () => running.Names.Length == 1);

        await running.Reflector.Synced;
        Assert.Equal(ReflectorState.Watching, running.Reflector.State);
    }

    [Fact]
    public async Task A_hundred_watches_that_end_at_once_are_no_hot_loop()
    {
        await using var widgets = new ScriptedWidgets().List("10");
        for (var i = 0; i < 100; i++) widgets.Watch(_ => Task.CompletedTask);
        await using var running = new RunningReflector(widgets.Server);
        await running.UntilAsync("the first watch", () => widgets.Watches.Count == 1);

        await running.PassAsync(TimeSpan.FromMinutes(5));

        // Waits of 0.8, 1.6, ... 30 s, each up to twice: five minutes hold about a dozen.
        Assert.InRange(widgets.Watches.Count, 2, 20);
        Assert.Single(widgets.Lists);
    }

    [Fact]
    public async Task Short_watches_that_tell_something_are_followed_without_waiting()
    {
        await using var widgets = new ScriptedWidgets().List("10");
        for (var i = 0; i < 100; i++)
        {
            var version = (11 + i).ToString(System.Globalization.CultureInfo.InvariantCulture);
            widgets.Watch(answer => answer.EventAsync("ADDED", Widget.Manifest("w" + version, version)));
        }

        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("all of them", () => running.Names.Length == 100);

        Assert.Single(widgets.Lists);
    }

    [Fact]
    public async Task An_event_cut_at_any_byte_is_told_again_and_taken_in_once()
    {
        var line = Encoding.UTF8.GetBytes(
            "{\"type\":\"MODIFIED\",\"object\":" + Widget.Manifest("a", "11", size: "grün") + "}\n");
        await using var widgets = new ScriptedWidgets().List("10", Widget.Manifest("a", "3"));
        for (var cut = 0; cut < line.Length; cut += 1)
        {
            var length = cut;
            widgets.Watch(async answer =>
            {
                await answer.ChunkAsync(line.AsMemory(0, length));
                answer.Cut();
            });
        }

        widgets.Watch(answer => answer.ChunkAsync(line));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("the event", TimeSpan.FromMinutes(1), () => running.Changes.Count == 2);

        Assert.Equal("grün", running.Reflector.Cache.Find(new("ns", "a"))!.Value.Spec!.Size);
        Assert.Single(running.Changes, change => change.Kind == CacheChangeKind.Modified);
        Assert.All(widgets.Watches.Take(line.Length), watch => Assert.Equal("10", watch.ResourceVersion));
    }

    [Fact]
    public async Task Events_split_between_packets_at_any_byte_are_put_together()
    {
        var lines = Encoding.UTF8.GetBytes(
            "{\"type\":\"ADDED\",\"object\":" + Widget.Manifest("a", "11")
            + "}\n{\"type\":\"ADDED\",\"object\":" + Widget.Manifest("b", "12") + "}\n");
        await using var widgets = new ScriptedWidgets().List("10");
        widgets.Watch(async answer =>
        {
            foreach (var index in Enumerable.Range(0, lines.Length)) await answer.ChunkAsync(lines.AsMemory(index, 1));
        });
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("both", () => running.Names.Length == 2);
    }

    [Fact]
    public async Task An_object_of_1_4_megabytes_comes_through()
    {
        var large = new string('x', 1_400_000);
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .Watch(answer => answer.EventAsync("ADDED", Widget.Manifest("large", "11", size: large)));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("it", () => running.Names.Length == 1);

        Assert.Equal(large, running.Reflector.Cache.Find(new("ns", "large"))!.Value.Spec!.Size);
    }

    [Fact]
    public async Task A_watch_told_to_wait_by_429_does_not_list_again()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .WatchRaw((_, answer) => answer.RefuseAsync(429, "TooManyRequests"))
            .WatchRaw((_, answer) => answer.RefuseAsync(429, "TooManyRequests", "Retry-After: 2\r\n"))
            .Watch(answer => answer.EventAsync("ADDED", Widget.Manifest("a", "11")));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilLaterAsync("the event", () => running.Names.Length == 1);

        Assert.Single(widgets.Lists);
        Assert.All(widgets.Watches.Take(3), watch => Assert.Equal("10", watch.ResourceVersion));
    }

    [Fact]
    public async Task A_server_that_forgets_as_fast_as_it_is_asked_is_not_asked_faster()
    {
        await using var widgets = new ScriptedWidgets().List("10");
        for (var i = 0; i < 200; i++) widgets.WatchRaw((_, answer) => answer.RefuseAsync(410, "Expired"));
        await using var running = new RunningReflector(widgets.Server);
        await running.UntilAsync("the first watch", () => widgets.Watches.Count >= 1);

        await running.PassAsync(TimeSpan.FromMinutes(5));

        Assert.InRange(widgets.Lists.Count, 2, 20);
    }

    [Fact]
    public async Task A_watch_that_goes_on_sending_what_cannot_be_read_is_given_up_for_the_list()
    {
        await using var widgets = new ScriptedWidgets().List("10").List("20", Widget.Manifest("a", "15"));
        for (var i = 0; i < 8; i++) widgets.Watch(answer => answer.EventAsync("ADDED", "{\"metadata\":[}"));
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilLaterAsync("the second list", () => running.Names.Length == 1);

        Assert.Equal(8, widgets.Watches.Count(watch => watch.ResourceVersion == "10"));
    }

    [Fact]
    public async Task An_object_that_its_type_cannot_read_disturbs_nobody_else()
    {
        await using var widgets = new ScriptedWidgets()
            .List("10")
            .Watch(async answer =>
            {
                await answer.EventAsync(
                    "ADDED", Widget.Manifest("odd", "11").Replace("\"size\":\"1\"", "\"size\":{}", StringComparison.Ordinal));
                await answer.EventAsync("ADDED", Widget.Manifest("even", "12"));
            });
        await using var running = new RunningReflector(widgets.Server);

        await running.UntilAsync("both", () => running.Names.Length == 2);

        Assert.Throws<System.Text.Json.JsonException>(() => running.Reflector.Cache.Find(new("ns", "odd"))!.Value);
    }

    [Fact]
    public async Task Every_object_is_shown_again_when_a_resync_is_due()
    {
        await using var widgets = new ScriptedWidgets().List("10", Widget.Manifest("a", "3"));
        await using var running = new RunningReflector(
            widgets.Server,
            new ReflectorOptions { Namespace = "ns", Resync = TimeSpan.FromMinutes(10), ShortestWatch = TimeSpan.FromHours(3) });
        await running.UntilAsync("the list", () => widgets.Watches.Count == 1);

        running.Time.Advance(TimeSpan.FromMinutes(21));

        Assert.Equal(2, running.Changes.Count(change => change.Kind == CacheChangeKind.Resync));
    }
}
