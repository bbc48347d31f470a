using System.Text.Json.Nodes;
using KubeApi.Applying;
using KubeApi.Tests.Server;
using TestSupport.Time;

namespace KubeApi.Tests.Applying;

public sealed class FinalizersTests
{
    private const string Ours = "example.dev/outside";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_first_finalizer_makes_the_list_and_holds_only_for_the_state_that_was_read()
    {
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.Manifest("a", "3")));
        using var client = Clients.To(server, _time);
        var current = await client.GetAsync(Widget.Type, new("ns", "a"), CancellationToken.None);

        await Finalizers.AddAsync(client, current!, Ours, CancellationToken.None);

        Assert.Equal(
            """[{"op":"test","path":"/metadata/resourceVersion","value":"3"},{"op":"add","path":"/metadata/finalizers","value":["example.dev/outside"]}]""",
            server.Requests.Last().Body);
    }

    [Fact]
    public async Task Ours_is_removed_wherever_it_stands_and_after_a_conflict_where_it_stands_then()
    {
        var patches = 0;
        await using var server = new ScriptedServer((request, answer) =>
            request.Method == "PATCH" && Interlocked.Increment(ref patches) == 1
                ? answer.RefuseAsync(422, "Invalid")
                : answer.JsonAsync(Widget.Manifest("a", patches == 0 ? "3" : "4", more: patches == 0
                    ? ",\"finalizers\":[\"example.dev/outside\",\"other.dev/x\"]"
                    : ",\"finalizers\":[\"other.dev/x\",\"third.dev/y\",\"example.dev/outside\"]")));
        using var client = Clients.To(server, _time);
        var current = await client.GetAsync(Widget.Type, new("ns", "a"), CancellationToken.None);

        await Finalizers.RemoveAsync(client, current!, Ours, CancellationToken.None);

        Assert.Equal(
            ["/metadata/finalizers/0", "/metadata/finalizers/2"],
            server.Requests.Where(request => request.Method == "PATCH")
                .Select(request => (string?)JsonNode.Parse(request.Body)![1]!["path"]));
    }

    [Fact]
    public async Task None_is_added_once_deletion_was_asked_for()
    {
        await using var server = new ScriptedServer((_, answer) =>
            answer.JsonAsync(Widget.Manifest("a", "3", more: ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"")));
        using var client = Clients.To(server, _time);
        var current = await client.GetAsync(Widget.Type, new("ns", "a"), CancellationToken.None);

        var after = await Finalizers.AddAsync(client, current!, Ours, CancellationToken.None);

        Assert.DoesNotContain(Ours, after!.Metadata.Finalizers);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_object_that_has_gone_is_no_failure()
    {
        var gone = false;
        await using var server = new ScriptedServer((_, answer) =>
            gone ? answer.RefuseAsync(404, "NotFound") : answer.JsonAsync(Widget.Manifest("a", "3")));
        using var client = Clients.To(server, _time);
        var current = await client.GetAsync(Widget.Type, new("ns", "a"), CancellationToken.None);
        gone = true;

        Assert.Null(await Finalizers.AddAsync(client, current!, Ours, CancellationToken.None));
    }
}
