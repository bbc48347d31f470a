using System.Text.Json.Nodes;
using KubeApi.Events;
using KubeApi.Objects;
using KubeApi.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Time;
using TestSupport.Waiting;

namespace KubeApi.Tests.Events;

public sealed class EventRecorderTests
{
    private static readonly ObjectMeta Regarding = new() { Name = "a", Namespace = "ns", Uid = "uid-a", ResourceVersion = "7" };

    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_event_has_all_that_describe_and_events_select_by()
    {
        await using var server = new ScriptedServer((request, answer) => answer.JsonAsync(request.Body, 201));
        await RunAsync(server, 1, recorder =>
            recorder.Record(Widget.Type, Regarding, EventType.Warning, "Broken", "Mend", "It is broken."));

        var sent = JsonNode.Parse(server.Requests.Single().Body)!;
        Assert.Equal("/apis/events.k8s.io/v1/namespaces/ns/events", server.Requests.Single().Path);
        Assert.Equal(
            """{"apiVersion":"example.dev/v1","kind":"Widget","namespace":"ns","name":"a","uid":"uid-a","resourceVersion":"7"}""",
            sent["regarding"]!.ToJsonString());
        Assert.Equal("Warning", (string?)sent["type"]);
        Assert.Equal("Broken", (string?)sent["reason"]);
        Assert.Equal("Mend", (string?)sent["action"]);
        Assert.Equal("It is broken.", (string?)sent["note"]);
        Assert.Equal("example.dev/operator", (string?)sent["reportingController"]);
        Assert.Equal("pod-1", (string?)sent["reportingInstance"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", (string?)sent["eventTime"]!);
    }

    [Fact]
    public async Task Repeats_become_a_series_whose_count_is_brought_up_to_date_ever_more_rarely()
    {
        await using var server = new ScriptedServer((request, answer) => answer.JsonAsync(request.Body, 201));
        await RunAsync(server, 5, recorder =>
        {
            for (var i = 0; i < 20; i++) recorder.Record(Widget.Type, Regarding, EventType.Normal, "Same", "Do", "Again.");
        });

        Assert.Equal(["POST", "PATCH", "PATCH", "PATCH", "PATCH"], server.Requests.Select(request => request.Method));
        Assert.Equal(16, (int)JsonNode.Parse(server.Requests.Last().Body)!["series"]!["count"]!);
    }

    [Fact]
    public async Task One_object_cannot_flood_the_cluster_and_others_are_still_heard()
    {
        await using var server = new ScriptedServer((request, answer) => answer.JsonAsync(request.Body, 201));
        await RunAsync(server, 26, recorder =>
        {
            for (var i = 0; i < 200; i++) recorder.Record(Widget.Type, Regarding, EventType.Normal, "Noise", "Do", $"Note {i}");
            recorder.Record(Widget.Type, Regarding with { Uid = "uid-b" }, EventType.Normal, "Quiet", "Do", "Heard.");
        });

        Assert.Contains("Heard.", server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_and_a_refusal_is_not()
    {
        var asked = 0;
        await using var server = new ScriptedServer((request, answer) => Interlocked.Increment(ref asked) switch
        {
            1 => answer.RefuseAsync(500, "InternalError"),
            2 => answer.RefuseAsync(403, "Forbidden"),
            _ => answer.JsonAsync(request.Body, 201),
        });
        await RunAsync(server, 3, recorder =>
        {
            recorder.Record(Widget.Type, Regarding, EventType.Normal, "First", "Do", "Lost.");
            recorder.Record(Widget.Type, Regarding, EventType.Normal, "Second", "Do", "Kept.");
        });

        Assert.Equal(
            ["Lost.", "Lost.", "Kept."], server.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["note"]));
    }

    private async Task RunAsync(ScriptedServer server, int requests, Action<EventRecorder> record)
    {
        using var client = Clients.To(server, _time);
        using var stopping = new CancellationTokenSource();
        var recorder = new EventRecorder(
            client, new EventRecorderOptions { Controller = "example.dev/operator", Instance = "pod-1" },
            _time, NullLogger<EventRecorder>.Instance);
        record(recorder);
        var running = recorder.RunAsync(stopping.Token);
        await Eventually.TrueAsync($"{requests} requests", TimeSpan.FromSeconds(60), () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(server.Requests.Count >= requests);
        });
        await stopping.CancelAsync();
        await running;
        Assert.Equal(requests, server.Requests.Count);
    }
}
