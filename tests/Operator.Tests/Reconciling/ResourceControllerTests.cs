using System.Text.Json.Nodes;
using KubeApi.Objects;
using Operator.Reconciling;
using Operator.Resources;

namespace Operator.Tests.Reconciling;

public sealed class ResourceControllerTests
{
    private const string Path = ControllerTest.Path;
    private const string SecretPath = "/api/v1/namespaces/ns/secrets/token";

    [Fact]
    public async Task Status_is_written_once_and_its_own_echo_is_no_reason_for_more()
    {
        await using var test = new ControllerTest();
        test.Api.Put(Path, ControllerTest.Manifest());
        var controller = test.Start();

        await test.UntilAsync("the status", () => test.Condition("Ready") is not null);
        await test.UntilAsync("quiet", () => controller.IsQuiet);

        Assert.Equal("True", (string?)test.Condition("Ready")!["status"]);
        Assert.Equal(1, (long)test.Status!["observedGeneration"]!);
        Assert.Equal([$"PATCH {Path}/status"], test.Api.Writes);
        Assert.Equal(1, test.Reconciler.Passes);
    }

    [Fact]
    public async Task A_status_that_says_nothing_new_is_not_written()
    {
        await using var test = new ControllerTest();
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();
        await test.UntilAsync("the status", () => test.Condition("Ready") is not null);
        var since = (string?)test.Condition("Ready")!["lastTransitionTime"];

        test.Api.Change(Path, record => record["metadata"]!["labels"] = new JsonObject { ["a"] = "b" });
        await test.UntilAsync("the second pass", () => test.Reconciler.Passes == 2);
        test.Reconciler.Reconcile = _ => new(ControllerTest.ScriptedReconciler.Ready("Still well."));
        test.Time.Advance(TimeSpan.FromHours(1));
        test.Api.Change(Path, record => record["metadata"]!["labels"]!["a"] = "c");
        await test.UntilAsync(
            "the new message", () => (string?)test.Condition("Ready")?["message"] == "Still well.", TimeSpan.FromSeconds(1));

        Assert.Equal(2, test.Api.Writes.Count);
        Assert.Equal(since, (string?)test.Condition("Ready")!["lastTransitionTime"]);
    }

    [Fact]
    public async Task A_pass_comes_back_when_it_asked_to()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Reconcile = _ => new(ControllerTest.ScriptedReconciler.Ready(), TimeSpan.FromMinutes(5));
        test.Api.Put(Path, ControllerTest.Manifest());
        var controller = test.Start();
        await test.UntilAsync("the first pass", () => test.Reconciler.Passes == 1 && controller.IsQuiet);

        test.Time.Advance(TimeSpan.FromMinutes(4));
        await test.UntilAsync("quiet", () => controller.IsQuiet);
        Assert.Equal(1, test.Reconciler.Passes);
        test.Time.Advance(TimeSpan.FromMinutes(1.1));

        await test.UntilAsync("the second pass", () => test.Reconciler.Passes == 2);
    }

    [Fact]
    public async Task Failures_are_retried_later_each_time_and_told_when_they_last()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Reconcile = _ => throw new HttpRequestException("the provider is away");
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();

        await test.UntilAsync("the report", () => test.Condition("Reconciling") is not null, TimeSpan.FromSeconds(1));
        Assert.Equal("the provider is away", (string?)test.Condition("Reconciling")!["message"]);
        Assert.True(test.Reconciler.Passes >= 3);

        test.Reconciler.Reconcile = pass => new(ControllerTest.ScriptedReconciler.Ready());
        await test.UntilAsync("recovery", () => test.Condition("Ready") is not null, TimeSpan.FromSeconds(1));
        Assert.Null(test.Condition("Reconciling"));
    }

    [Fact]
    public async Task A_mistake_of_the_operators_ends_the_pass_and_not_the_process()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Reconcile = _ => throw new InvalidOperationException("a bug");
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();

        await test.UntilAsync("the third try", () => test.Reconciler.Passes == 3, TimeSpan.FromSeconds(1));
        await test.UntilAsync("the report", () => test.Condition("Reconciling") is not null, TimeSpan.FromSeconds(1));

        Assert.Contains("a bug", (string?)test.Condition("Reconciling")!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_a_person_can_mend_is_stalled_and_told_and_not_tried_again()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Reconcile = _ =>
            throw new TerminalException("TokenMissing", "The Secret token has no key api-token: add it.");
        test.Api.Put(Path, ControllerTest.Manifest());
        var controller = test.Start();

        await test.UntilAsync("the condition", () => test.Condition("Stalled") is not null);
        await test.UntilAsync("quiet", () => controller.IsQuiet);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.UntilAsync("quiet", () => controller.IsQuiet);

        Assert.Equal(1, test.Reconciler.Passes);
        Assert.Equal("False", (string?)test.Condition("Ready")!["status"]);
        Assert.Equal("TokenMissing", (string?)test.Condition("Stalled")!["reason"]);
        Assert.Equal(["Warning TokenMissing: The Secret token has no key api-token: add it."], test.Events.All);
    }

    [Fact]
    public async Task A_changed_secret_is_noticed_by_those_who_name_it()
    {
        await using var test = new ControllerTest();
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Api.Put(SecretPath, Secret("1"));
        test.Start(controller => controller.RefersToSecrets(_ => ["token"]));
        await test.UntilAsync("the first pass", () => test.Condition("Ready") is not null);
        var before = test.Reconciler.Passes;

        test.Api.Put(SecretPath, Secret("2"));

        await test.UntilAsync("another pass", () => test.Reconciler.Passes > before);
    }

    [Fact]
    public async Task The_finalizer_comes_before_the_first_pass_and_goes_after_the_last()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Finalizer = "example.dev/outside";
        test.Reconciler.Reconcile = pass =>
        {
            Assert.Contains("example.dev/outside", pass.Resource.Metadata.Finalizers);
            return new(ControllerTest.ScriptedReconciler.Ready());
        };
        var cleaned = 0;
        test.Reconciler.CleanUp = _ => ++cleaned < 3 ? CleanUp.Later(TimeSpan.FromSeconds(5), "the provider") : CleanUp.Done;
        var manifest = ControllerTest.Manifest();
        manifest["metadata"]!["finalizers"] = new JsonArray("foreign.dev/first");
        test.Api.Put(Path, manifest);
        test.Start();
        await test.UntilAsync("the status", () => test.Condition("Ready") is not null);

        test.Api.Delete(Path);
        await test.UntilAsync(
            "our finalizer to go", () => test.Api.Find(Path)!["metadata"]!["finalizers"]!.AsArray().Count == 1,
            TimeSpan.FromSeconds(1));

        Assert.Equal("foreign.dev/first", (string?)test.Api.Find(Path)!["metadata"]!["finalizers"]![0]);
        Assert.Equal(3, cleaned);
        Assert.StartsWith(
            "The deletion waits for the provider.", (string?)test.Condition("Reconciling")!["message"], StringComparison.Ordinal);
        test.Api.Change(Path, record => record["metadata"]!["finalizers"] = new JsonArray());
        await test.UntilAsync("it to be forgotten", () => test.Reconciler.Forgotten.Count > 0);
        Assert.Equal([new ObjectKey("ns", "home")], test.Reconciler.Forgotten.Distinct());
    }

    [Fact]
    public async Task The_pass_that_adds_the_finalizer_goes_on_with_the_object()
    {
        await using var test = new ControllerTest();
        test.Reconciler.Finalizer = "example.dev/outside";
        var another = ControllerTest.Manifest();
        another["metadata"]!["name"] = "work";
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Api.Put(Path.Replace("home", "work", StringComparison.Ordinal), another);
        var controller = test.Start(follow => follow.Workers = 1);
        await test.UntilAsync("both statuses", () => test.Api.Writes.Count >= 4 && controller.IsQuiet);

        // No object waits for the other's first pass between its two writes.
        var first = test.Api.Writes[0];
        var second = test.Api.Writes[2];
        Assert.Equal([first, $"{first}/status", second, $"{second}/status"], test.Api.Writes);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_that_cannot_be_cleaned_up_ends_all_the_same(bool byForce)
    {
        await using var test = new ControllerTest();
        test.Reconciler.Finalizer = "example.dev/outside";
        test.Reconciler.CleanUp = _ => throw new HttpRequestException("the zone is gone");
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();
        await test.UntilAsync("the status", () => test.Condition("Ready") is not null);
        test.Api.Delete(Path);
        await test.UntilAsync("the first try", () => test.Reconciler.Passes >= 2);
        Assert.NotNull(test.Api.Find(Path));

        // Whoever waits for kubectl delete looks at the object, and finds what it waits for and how to end it.
        await test.UntilAsync(
            "the object to say so", () => (string?)test.Condition("Reconciling")?["reason"] == "DeletionWaits",
            TimeSpan.FromSeconds(1));
        Assert.Contains("the zone is gone", (string?)test.Condition("Reconciling")!["message"], StringComparison.Ordinal);
        Assert.Contains("force-finalize=true", (string?)test.Condition("Reconciling")!["message"], StringComparison.Ordinal);
        Assert.Single(test.Events.All, text => text.StartsWith("Warning DeletionWaits", StringComparison.Ordinal));
        if (byForce)
            test.Api.Change(
                Path,
                record => record["metadata"]!["annotations"] = new JsonObject { [ApiGroup.ForceFinalizeAnnotation] = "true" });

        await test.UntilAsync("it to go", () => test.Api.Find(Path) is null, byForce ? TimeSpan.Zero : TimeSpan.FromMinutes(1));
        Assert.Contains(test.Events.All, text => text.StartsWith("Warning CleanUpGivenUp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_for_a_pass_is_handled_once()
    {
        await using var test = new ControllerTest();
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();
        await test.UntilAsync("the status", () => test.Condition("Ready") is not null);
        var requested = new List<bool>();
        test.Reconciler.Reconcile = pass =>
        {
            requested.Add(pass.IsRequested);
            return new(ControllerTest.ScriptedReconciler.Ready());
        };

        test.Api.Change(Path, record =>
            record["metadata"]!["annotations"] = new JsonObject { [ApiGroup.ReconcileAtAnnotation] = "2026-01-01T00:00:00Z" });
        await test.UntilAsync("it to be handled", () => (string?)test.Status!["handledReconcileAt"] == "2026-01-01T00:00:00Z");
        test.Api.Change(Path, record => record["metadata"]!["annotations"]!["other"] = "x");
        await test.UntilAsync("the next pass", () => requested.Count == 2);

        Assert.Equal([true, false], requested);
    }

    [Fact]
    public async Task A_paused_resource_is_told_so()
    {
        await using var test = new ControllerTest();
        var manifest = ControllerTest.Manifest();
        manifest["metadata"]!["annotations"] = new JsonObject { [ApiGroup.PausedAnnotation] = "true" };
        test.Api.Put(Path, manifest);
        test.Start();

        await test.UntilAsync("the pass", () => test.Reconciler.LastPass is not null);

        Assert.True(test.Reconciler.LastPass!.IsPaused);
    }

    [Fact]
    public async Task A_pass_sees_the_status_of_the_one_before_even_when_the_watch_lags()
    {
        await using var test = new ControllerTest();
        var seen = new List<string?>();
        test.Reconciler.Reconcile = pass =>
        {
            seen.Add(pass.Resource.Value.Status?.Zone);
            return new(
                ControllerTest.ScriptedReconciler.Ready() with { Zone = $"zone-{seen.Count}" },
                seen.Count < 20 ? TimeSpan.FromSeconds(1) : null);
        };
        test.Api.Put(Path, ControllerTest.Manifest());
        test.Start();

        await test.UntilAsync("twenty passes", () => seen.Count == 20, TimeSpan.FromSeconds(2));

        Assert.Equal([null, .. Enumerable.Range(1, 19).Select(pass => $"zone-{pass}")], seen);
    }

    private static JsonObject Secret(string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = "token", ["namespace"] = "ns" },
        ["data"] = new JsonObject { ["value"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value)) },
    };
}
