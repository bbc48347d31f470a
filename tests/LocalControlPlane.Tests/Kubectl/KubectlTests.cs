using LocalControlPlane.Logs;
using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Kubectl;

/// <summary>Every verb of kubectl that a user of gateways needs, by kubectl itself.</summary>
public sealed class KubectlTests : IAsyncLifetime, IPodLogs, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _logs = new("logs");
    private ApiUnderTest _api = null!;
    private KubectlUnderTest _kubectl = null!;

    private string File => _kubectl.Write("widget.yaml", Manifest(size: 1));

    public async Task InitializeAsync()
    {
        _api = await StartAsync(logs: this);
        _kubectl = new KubectlUnderTest(_api);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public void Dispose()
    {
        _kubectl.Dispose();
        _logs.Dispose();
    }

    string? IPodLogs.Find(string podUid, string container, bool isPrevious)
    {
        var file = _logs.File($"{container}{(isPrevious ? ".previous" : "")}.log");
        return System.IO.File.Exists(file) ? file : null;
    }

    [KubectlFact]
    public async Task Apply_creates_leaves_and_changes()
    {
        Assert.Equal("widget.example.test/a created", await _kubectl.RunAsync("apply", "-f", File));
        Assert.Equal("widget.example.test/a unchanged", await _kubectl.RunAsync("apply", "-f", File));
        Assert.Equal(
            "widget.example.test/a configured",
            await _kubectl.RunAsync("apply", "-f", _kubectl.Write("widget.yaml", Manifest(size: 2))));
        Assert.Equal("2", await FieldAsync(".spec.size"));
    }

    [KubectlFact]
    public async Task Apply_changes_a_built_in_kind_by_strategic_merge()
    {
        string Deployment(string image) => $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec:
              selector: {matchLabels: {app: d} }
              template:
                metadata: {labels: {app: d} }
                spec:
                  containers:
                  - {name: one, image: "{{image}}"}
                  - {name: two, image: same}
            """;
        await _kubectl.RunAsync("apply", "-f", _kubectl.Write("d.yaml", Deployment("first")));
        await _kubectl.RunAsync("apply", "-f", _kubectl.Write("d.yaml", Deployment("second")));

        Assert.Equal(
            "second same",
            await _kubectl.RunAsync("get", "deployment", "d", "-o", "jsonpath={.spec.template.spec.containers[*].image}"));
    }

    [KubectlFact]
    public async Task What_get_prints_of_several_objects_can_be_applied_and_is_checked()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync(
            "apply", "-f", _kubectl.Write("b.yaml", Manifest(size: 2).Replace("name: a", "name: b", StringComparison.Ordinal)));
        var printed = await _kubectl.RunAsync("get", "widgets", "-o", "yaml");
        Assert.Contains("kind: List", printed, StringComparison.Ordinal);

        var unknown = await _kubectl.TryRunAsync(
            "apply", "-f", _kubectl.Write("list.yaml", printed.Replace("size:", "siz:", StringComparison.Ordinal)));
        Assert.Contains("unknown field \"spec.siz\"", unknown.Expect(1), StringComparison.Ordinal);
        Assert.Equal(
            "widget.example.test/a configured\nwidget.example.test/b configured",
            await _kubectl.RunAsync("apply", "-f", _kubectl.Write("list.yaml", printed)));
    }

    [KubectlFact]
    public async Task Apply_refuses_a_field_that_is_not_known()
    {
        var result = await _kubectl.TryRunAsync("apply", "-f", _kubectl.Write("bad.yaml", Manifest(size: 1) + "  colr: red\n"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("strict decoding error: unknown field \"spec.colr\"", result.Output, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Apply_on_the_server_creates_changes_and_sees_conflicts()
    {
        Assert.Equal("widget.example.test/a serverside-applied", await _kubectl.RunAsync("apply", "--server-side", "-f", File));
        await _kubectl.RunAsync("apply", "--server-side", "-f", _kubectl.Write("widget.yaml", Manifest(size: 2)));
        Assert.Equal("2", await FieldAsync(".spec.size"));

        var conflict = await _kubectl.TryRunAsync(
            "apply", "--server-side", "--field-manager=other", "-f", _kubectl.Write("widget.yaml", Manifest(size: 3)));
        Assert.Contains("conflict with \"kubectl\"", conflict.Output, StringComparison.Ordinal);
        await _kubectl.RunAsync(
            "apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f",
            _kubectl.Write("widget.yaml", Manifest(size: 3)));
        Assert.Equal("3", await FieldAsync(".spec.size"));
    }

    [KubectlFact]
    public async Task Dry_runs_change_nothing()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync("apply", "--dry-run=server", "-f", _kubectl.Write("widget.yaml", Manifest(size: 2)));

        Assert.Equal("1", await FieldAsync(".spec.size"));
    }

    [KubectlFact]
    public async Task Explain_describes_fields()
    {
        var widget = await _kubectl.RunAsync("explain", "wd.spec.size");
        Assert.Contains("How large it is.", widget, StringComparison.Ordinal);
        Assert.Contains("<integer>", widget, StringComparison.Ordinal);
        Assert.Contains(
            "FIELDS", await _kubectl.RunAsync("explain", "deployment.spec.template.spec.containers"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Edit_sends_what_the_editor_changed()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        var editor = _kubectl.Write("editor", "#!/bin/sh\nsed -i 's/size: 1/size: 42/' \"$1\"\n");
        System.IO.File.SetUnixFileMode(editor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains("widget.example.test/a edited", await _kubectl.RunAsync("edit", "widget", "a"), StringComparison.Ordinal);
        Assert.Equal("42", await FieldAsync(".spec.size"));
    }

    [KubectlFact]
    public async Task Diff_shows_what_an_apply_would_change()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        Assert.Equal(0, (await _kubectl.TryRunAsync("diff", "-f", File)).ExitCode);

        var diff = (await _kubectl.TryRunAsync("diff", "-f", _kubectl.Write("widget.yaml", Manifest(size: 2)))).Expect(1);
        Assert.Contains("-  size: 1", diff, StringComparison.Ordinal);
        Assert.Contains("+  size: 2", diff, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Describe_shows_the_object_and_its_events()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        var uid = await FieldAsync(".metadata.uid");
        await _api.CreateAsync(
            "/apis/events.k8s.io/v1/namespaces/default/events",
            $$$"""{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"},"eventTime":"{{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.ffffffZ}}}","reportingController":"sstp-operator","reportingInstance":"one","action":"Publish","reason":"Published","type":"Normal","note":"The name was published","regarding":{"apiVersion":"example.test/v1","kind":"Widget","namespace":"default","name":"a","uid":"{{{uid}}}"}}""");

        var described = await _kubectl.RunAsync("describe", "widget", "a");
        Assert.Contains("Size:    1", described, StringComparison.Ordinal);
        Assert.Matches(@"Normal +Published +\d+s +sstp-operator +The name was published", described);
        Assert.Matches(
            @"Normal +Published +Widget/a +The name was published", await _kubectl.RunAsync("events", "--for", "widget/a"));
        Assert.Matches(@"Normal +Published +widget/a +The name was published", await _kubectl.RunAsync("get", "events"));
    }

    [KubectlFact]
    public async Task Get_lists_in_columns_wide_and_by_label()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync("label", "widget", "a", "team=blue");

        Assert.Matches(@"NAME +SIZE\s+a +1\s*$", await _kubectl.RunAsync("get", "wd"));
        Assert.Contains(
            "a ", await _kubectl.RunAsync("get", "wd", "-l", "team in (blue,red)", "--show-labels"), StringComparison.Ordinal);
        Assert.Contains("No resources found", await _kubectl.RunAsync("get", "wd", "-l", "team!=blue"), StringComparison.Ordinal);
        Assert.Contains("widget.example.test/a", await _kubectl.RunAsync("get", "all", "-o", "name"), StringComparison.Ordinal);
        Assert.Contains("deletecollection", await _kubectl.RunAsync("api-resources", "-o", "wide"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Get_watches()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await using var watch = _kubectl.Start("get", "wd", "-w");
        await watch.WaitForOutputAsync("a      1", Patience);
        await _api.MergeAsync(WidgetPath("a"), """{"spec":{"size":77}}""");

        await watch.WaitForOutputAsync("a      77", Patience);
    }

    [KubectlFact]
    public async Task Wait_ends_with_the_condition_the_creation_and_the_deletion()
    {
        await using var created = _kubectl.Start("wait", "--for=create", "widget/a", "--timeout=60s");
        await _kubectl.RunAsync("apply", "-f", File);
        Assert.Equal(0, await created.WaitForExitAsync(Patience));

        await using var ready = _kubectl.Start("wait", "--for=condition=Ready", "widget/a", "--timeout=60s");
        await _kubectl.RunAsync(
            "patch", "widget", "a", "--subresource=status", "--type=merge", "-p",
            """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
        Assert.Equal(0, await ready.WaitForExitAsync(Patience));

        await using var gone = _kubectl.Start("wait", "--for=delete", "widget/a", "--timeout=60s");
        await _kubectl.RunAsync("delete", "widget", "a");
        Assert.Equal(0, await gone.WaitForExitAsync(Patience));
    }

    [KubectlFact]
    public async Task Patch_of_the_status_changes_nothing_else()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync(
            "patch", "widget", "a", "--subresource=status", "--type=merge", "-p",
            """{"spec":{"size":9},"status":{"phase":"Fine"}}""");

        Assert.Equal("1 Fine", await _kubectl.RunAsync("get", "widget", "a", "-o", "jsonpath={.spec.size} {.status.phase}"));
        Assert.Contains(
            "Fine", await _kubectl.RunAsync("get", "widget", "a", "--subresource=status", "-o", "yaml"),
            StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Label_annotate_and_scale_change_what_they_say()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync("label", "widget", "a", "x=y");
        await _kubectl.RunAsync("annotate", "widget", "a", "note=here");
        await _kubectl.RunAsync("label", "widget", "a", "x-");
        await _kubectl.RunAsync("scale", "widget/a", "--replicas=3");

        Assert.Equal(" here 3", await _kubectl.RunAsync(
            "get", "widget", "a", "-o", "jsonpath={.metadata.labels.x} {.metadata.annotations.note} {.spec.replicas}"));
    }

    [KubectlFact]
    public async Task Delete_waits_for_finalizers()
    {
        await _kubectl.RunAsync("apply", "-f", File);
        await _kubectl.RunAsync(
            "patch", "widget", "a", "--type=json", "-p",
            """[{"op":"add","path":"/metadata/finalizers","value":["example.test/hold"]}]""");
        await using var delete = _kubectl.Start("delete", "widget", "a");
        await delete.WaitForOutputAsync("deleted", Patience);
        Assert.False(delete.HasExited);

        await _api.MergeAsync(WidgetPath("a"), """{"metadata":{"finalizers":null}}""");
        Assert.Equal(0, await delete.WaitForExitAsync(Patience));
    }

    [KubectlFact]
    public async Task Logs_prints_and_follows_what_a_container_printed()
    {
        await _api.CreateAsync(
            "/api/v1/namespaces/default/pods",
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""");
        await System.IO.File.WriteAllTextAsync(
            _logs.File("c.log"), "2026-01-01T00:00:00.5Z first\n2026-01-01T00:00:01Z second\n");

        Assert.Equal("first\nsecond", await _kubectl.RunAsync("logs", "p"));
        Assert.Equal("second", await _kubectl.RunAsync("logs", "p", "--tail=1"));
        Assert.Equal(
            "2026-01-01T00:00:01Z second",
            await _kubectl.RunAsync("logs", "p", "--timestamps", "--since-time=2026-01-01T00:00:01Z"));
        await using var follow = _kubectl.Start("logs", "p", "-f");
        await follow.WaitForOutputAsync("second", Patience);
        await System.IO.File.AppendAllTextAsync(_logs.File("c.log"), "2026-01-01T00:00:02Z third\n");
        await follow.WaitForOutputAsync("third", Patience);

        await _api.MergeAsync("/api/v1/namespaces/default/pods/p/status", """{"status":{"phase":"Succeeded"}}""");
        Assert.Equal(0, await follow.WaitForExitAsync(Patience));
        Assert.Contains(
            "previous terminated container", (await _kubectl.TryRunAsync("logs", "p", "-p")).Output, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Both_ways_of_logging_in_are_in_the_kubeconfig()
    {
        Assert.Equal("yes", await _kubectl.RunAsync("auth", "can-i", "delete", "widgets"));
        Assert.Contains(
            "sstp-admin", await _kubectl.RunAsync("--context", "sstp-local-certificate", "auth", "whoami"),
            StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task A_namespace_goes_with_what_is_in_it()
    {
        await _kubectl.RunAsync(
            "apply", "-f", _kubectl.Write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n"));
        await _kubectl.RunAsync("apply", "-n", "team", "-f", File);
        await _kubectl.RunAsync("delete", "namespace", "team");

        Assert.Contains("No resources found", await _kubectl.RunAsync("get", "wd", "-A"), StringComparison.Ordinal);
    }

    private static string Manifest(int size) => $$"""
        apiVersion: example.test/v1
        kind: Widget
        metadata:
          name: a
        spec:
          size: {{size}}

        """;

    private Task<string> FieldAsync(string path) => _kubectl.RunAsync("get", "widget", "a", "-o", $"jsonpath={{{path}}}");
}
