using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using KubeApi.Tests.Server;
using TestSupport.Time;
using TestSupport.Waiting;

namespace KubeApi.Tests.Client;

public sealed class KubeClientTests
{
    private static readonly ObjectKey A = new("ns", "a");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Reads_an_object_typed_and_whole()
    {
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.Manifest("a", "3")));
        using var client = Clients.To(server, _time);

        var widget = await client.GetAsync(Widget.Type, A, CancellationToken.None);

        Assert.Equal("1", widget!.Value.Spec!.Size);
        Assert.Equal("3", widget.Metadata.ResourceVersion);
        Assert.Empty(widget.Metadata.Labels);
        Assert.Empty(widget.Metadata.Annotations);
        Assert.Empty(widget.Metadata.Finalizers);
        Assert.Empty(widget.Metadata.OwnerReferences);
        Assert.Equal("unknown to the type", (string?)widget.ToJsonObject()["spec"]!["colour"]);
        var request = Assert.Single(server.Requests);
        Assert.Equal("/apis/example.dev/v1/namespaces/ns/widgets/a", request.Path);
        Assert.StartsWith("kubeapi-tests/1", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        await using var server = new ScriptedServer((_, answer) => answer.RefuseAsync(404, "NotFound"));
        using var client = Clients.To(server, _time);

        Assert.Null(await client.GetAsync(Widget.Type, A, CancellationToken.None));
        Assert.False(await client.DeleteAsync(Widget.Type, A, new DeleteOptions(), CancellationToken.None));
    }

    [Fact]
    public async Task Unknown_fields_survive_a_typed_change()
    {
        await using var server = new ScriptedServer((request, answer) =>
            answer.JsonAsync(request.Method == "PUT" ? request.Body : Widget.Manifest("a", "3")));
        using var client = Clients.To(server, _time);
        var widget = await client.GetAsync(Widget.Type, A, CancellationToken.None);

        var stored = await client.ReplaceAsync(
            Widget.Type,
            widget!.With(old => old with { Spec = old.Spec! with { Size = null, Note = "new", Parts = [new WidgetPart("b")] } }),
            CancellationToken.None);

        var spec = stored.ToJsonObject()["spec"]!;
        Assert.Equal("unknown to the type", (string?)spec["colour"]);
        Assert.Equal("""{"name":"b","secret":"kept"}""", spec["parts"]![0]!.ToJsonString());
        Assert.Equal("new", (string?)spec["note"]);
        Assert.Null(spec["size"]);
        Assert.Equal("3", stored.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page()
    {
        await using var server = new ScriptedServer((request, answer) => request.Query.GetValueOrDefault("continue") switch
        {
            null => answer.JsonAsync(
                $$"""{"metadata":{"resourceVersion":"9","continue":"p2"},"items":[{{Widget.Manifest("a", "1")}}]}"""),
            "p2" => answer.JsonAsync(
                $$"""{"metadata":{"resourceVersion":"9","continue":"p3"},"items":[{{Widget.Manifest("b", "2")}}]}"""),
            _ => answer.JsonAsync($$"""{"metadata":{"resourceVersion":"9"},"items":[{{Widget.Manifest("c", "3")}}]}"""),
        });
        using var client = Clients.To(server, _time);

        var list = await client.ListAsync(
            Widget.Type, new ListOptions { Namespace = "ns", LabelSelector = "app=x,tier in (a,b)", PageSize = 1 },
            CancellationToken.None);

        Assert.Equal(["a", "b", "c"], list.Items.Select(item => item.Metadata.Name));
        Assert.Equal("9", list.ResourceVersion);
        Assert.All(server.Requests, request => Assert.Equal("app=x,tier in (a,b)", request.Query["labelSelector"]));
        Assert.All(server.Requests, request => Assert.Equal("1", request.Query["limit"]));
    }

    [Fact]
    public async Task Compressed_lists_are_read_and_watches_offer_no_compression()
    {
        await using var server = new ScriptedServer(async (request, answer) =>
        {
            if (request.IsWatch)
            {
                await answer.BeginStreamAsync();
                await answer.EndStreamAsync();
                return;
            }

            await answer.BytesAsync(Gzip(Widget.List("9", Widget.Manifest("a", "1"))), headers: "Content-Encoding: gzip\r\n");
        });
        using var client = Clients.To(server, _time);

        var list = await client.ListAsync(Widget.Type, new ListOptions(), CancellationToken.None);
        await foreach (var _ in client.WatchAsync(
            Widget.Type, new WatchOptions { ResourceVersion = "9" }, CancellationToken.None))
            Assert.Fail("there was no event");

        Assert.Single(list.Items);
        Assert.Contains("gzip", server.Requests.First().Headers["Accept-Encoding"], StringComparison.Ordinal);
        Assert.False(server.Requests.Last().Headers.ContainsKey("Accept-Encoding"));
    }

    [Fact]
    public async Task Apply_names_its_manager_and_takes_fields_by_force()
    {
        await using var server = new ScriptedServer((request, answer) => answer.JsonAsync(request.Body));
        using var client = Clients.To(server, _time);

        await client.ApplyStatusAsync(Widget.Type, Manifest(), "the-manager", CancellationToken.None);

        var request = Assert.Single(server.Requests);
        Assert.Equal("PATCH", request.Method);
        Assert.Equal("/apis/example.dev/v1/namespaces/ns/widgets/a/status", request.Path);
        Assert.Equal("application/apply-patch+yaml", request.Headers["Content-Type"]);
        Assert.Equal("the-manager", request.Query["fieldManager"]);
        Assert.Equal("true", request.Query["force"]);
    }

    [Fact]
    public async Task Patches_say_what_they_are()
    {
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.Manifest("a", "4")));
        using var client = Clients.To(server, _time);

        await client.MergePatchAsync(
            Widget.Type, A, new JsonObject { ["spec"] = new JsonObject { ["size"] = null } }, CancellationToken.None);
        await client.JsonPatchAsync(
            Widget.Type, A, [new JsonObject { ["op"] = "remove", ["path"] = "/spec/size" }], CancellationToken.None);

        Assert.Equal(
            ["application/merge-patch+json", "application/json-patch+json"],
            server.Requests.Select(request => request.Headers["Content-Type"]));
        Assert.Equal("""{"spec":{"size":null}}""", server.Requests.First().Body);
    }

    [Fact]
    public async Task A_deletion_carries_its_preconditions()
    {
        await using var server = new ScriptedServer((_, answer) => answer.RefuseAsync(409, "Conflict"));
        using var client = Clients.To(server, _time);

        var refusal = await Assert.ThrowsAsync<KubeApiException>(() =>
            client.DeleteAsync(
                Widget.Type, A, new DeleteOptions("uid-1", Propagation: PropagationPolicy.Foreground), CancellationToken.None));

        Assert.True(refusal.IsConflict);
        var body = JsonNode.Parse(Assert.Single(server.Requests).Body)!;
        Assert.Equal("uid-1", (string?)body["preconditions"]!["uid"]);
        Assert.Equal("Foreground", (string?)body["propagationPolicy"]);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_gets_it_also_for_a_write()
    {
        var asked = 0;
        await using var server = new ScriptedServer((request, answer) => Interlocked.Increment(ref asked) <= 2
            ? answer.RefuseAsync(429, "TooManyRequests", "Retry-After: 5\r\nX-Kubernetes-PF-FlowSchema-UID: f\r\n")
            : answer.JsonAsync(request.Body, 201));
        using var client = Clients.To(server, _time);

        var creating = client.CreateAsync(Widget.Type, Manifest(), CancellationToken.None);
        await Eventually.TrueAsync("the first refusal", TimeSpan.FromSeconds(60), () => Task.FromResult(asked == 1));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, asked);
        await UntilDoneAsync(creating);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_refusal_without_a_time_to_wait_is_the_callers()
    {
        await using var server = new ScriptedServer((_, answer) => answer.RefuseAsync(429, "TooManyRequests"));
        using var client = Clients.To(server, _time);

        var refusal = await Assert.ThrowsAsync<KubeApiException>(() => client.GetAsync(Widget.Type, A, CancellationToken.None));

        Assert.True(refusal.IsTooManyRequests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_is_sent_again_and_a_write_is_not()
    {
        var asked = 0;
        await using var server = new ScriptedServer((request, answer) =>
        {
            if (Interlocked.Increment(ref asked) == 1 || request.Method != "GET")
            {
                answer.Cut();
                return Task.CompletedTask;
            }

            return answer.JsonAsync(Widget.Manifest("a", "3"));
        });
        using var client = Clients.To(server, _time);

        var reading = client.GetAsync(Widget.Type, A, CancellationToken.None);
        await UntilDoneAsync(reading);
        Assert.NotNull(await reading);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.CreateAsync(Widget.Type, Manifest(), CancellationToken.None));
        Assert.Single(server.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        await using var server = new ScriptedServer((_, answer) => answer.SilenceAsync());
        using var client = Clients.To(server, _time);

        var reading = client.GetAsync(Widget.Type, A, CancellationToken.None);

        await Assert.ThrowsAsync<TimeoutException>(() => UntilDoneAsync(reading));
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_shown_as_what_it_said()
    {
        await using var server = new ScriptedServer((_, answer) => answer.BytesAsync("<h1>bad gateway</h1>"u8.ToArray(), 502));
        using var client = Clients.To(server, _time);

        var refusal = await Assert.ThrowsAsync<KubeApiException>(() => client.GetAsync(Widget.Type, A, CancellationToken.None));

        Assert.Equal(502, refusal.Status.Code);
        Assert.Contains("bad gateway", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_reads_and_decides_again_when_somebody_got_in_between()
    {
        var puts = 0;
        await using var server = new ScriptedServer((request, answer) => request.Method switch
        {
            "GET" =>
                answer.JsonAsync(Widget.Manifest("a", (10 + puts).ToString(System.Globalization.CultureInfo.InvariantCulture))),
            _ => Interlocked.Increment(ref puts) == 1 ? answer.RefuseAsync(409, "Conflict") : answer.JsonAsync(request.Body),
        });
        using var client = Clients.To(server, _time);

        var updating = client.UpdateAsync(Widget.Type, A, json =>
        {
            json["spec"]!["size"] = "7";
            return true;
        }, CancellationToken.None);
        await UntilDoneAsync(updating);

        var stored = await updating;
        Assert.Equal("7", stored!.Value.Spec!.Size);
        Assert.Equal("11", stored.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Metadata_alone_is_asked_for_and_whole_objects_are_cut_down()
    {
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.List("9", Widget.Manifest("a", "1"))));
        using var client = Clients.To(server, _time);

        var list = await client.ListAsync(Widget.Type, new ListOptions { MetadataOnly = true }, CancellationToken.None);

        Assert.StartsWith(
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
            server.Requests.First().Headers["Accept"],
            StringComparison.Ordinal);
        Assert.Equal("1", list.Items[0].Metadata.ResourceVersion);
        Assert.False(list.Items[0].Json.TryGetProperty("spec", out _));
    }

    private static JsonObject Manifest() => new()
    {
        ["apiVersion"] = "example.dev/v1",
        ["kind"] = "Widget",
        ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "ns" },
    };

    private async Task UntilDoneAsync(Task task)
    {
        await Eventually.TrueAsync("the request", TimeSpan.FromSeconds(60), () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(task.IsCompleted);
        });
        await task;
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
