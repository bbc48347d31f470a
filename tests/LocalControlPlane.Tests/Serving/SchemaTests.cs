using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

/// <summary>Schemas, patches and field management where a client meets them; what they decide is tested on their own.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private const string Definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.test";

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Defaults_are_filled_in_and_what_is_unknown_is_dropped()
    {
        var created = await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1,"unknown":true}"""));

        Assert.Equal("""{"size":1,"colour":"grey"}""", created["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task What_the_schema_refuses_is_a_cause_with_its_field()
    {
        var answer = await _api.PostAsync(WidgetPath(), Widget("a", """{"size":101,"names":"none"}"""));

        answer.AssertFailure(422, "Invalid", "spec.size");
        Assert.Equal(["spec.names", "spec.size"], answer.Body["details"]!["causes"]!.AsArray()
            .Select(cause => cause.Text("field")).Where(field => field.StartsWith("spec", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task An_unknown_field_is_refused_told_of_or_ignored_as_the_client_wants()
    {
        (await _api.PostAsync(WidgetPath() + "?fieldValidation=Strict", Widget("a", """{"size":1,"sise":2}""")))
            .AssertFailure(400, "BadRequest", "strict decoding error: unknown field \"spec.sise\"");

        Assert.Equal("299 - \"unknown field \\\"spec.sise\\\"\"", await WarningAsync("Warn", "b"));
        Assert.Null(await WarningAsync("Ignore", "c"));
    }

    [Fact]
    public async Task A_definition_with_a_schema_that_is_not_structural_is_refused()
    {
        (await _api.MergeAsync(
            Definition,
            """{"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{}}}}}]}}"""))
            .AssertFailure(422, "Invalid", "spec.versions[0].schema.openAPIV3Schema.properties[spec]");
    }

    [Fact]
    public async Task A_rule_that_cannot_be_compiled_is_refused()
    {
        (await _api.MergeAsync(
            Definition,
            """{"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-validations":[{"rule":"self.nothing > 1"}]}}}]}}"""))
            .AssertFailure(422, "Invalid", "compilation failed");
    }

    [Fact]
    public async Task What_was_stored_under_an_older_schema_has_the_newer_ones_defaults_when_read()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));
        await _api.MergeAsync(Definition, """
            {"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object",
              "properties":{"spec":{"type":"object","properties":{"size":{"type":"integer"},"weight":{"type":"integer","default":5}}}}}}}]}}
            """);

        Assert.Equal("""{"size":1,"weight":5}""", (await _api.GetAsync(WidgetPath("a"))).Body["spec"]!.ToJsonString());
        Assert.Equal("5", (await _api.GetAsync(WidgetPath())).Body["items"]![0].Text("spec", "weight"));
    }

    [Fact]
    public async Task A_manager_applies_its_intent_and_another_is_in_conflict_unless_it_forces()
    {
        var (created, first) = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1}"""), "one");
        var answer = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":2}"""), "two");
        var (_, forced) = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":2}"""), "two", force: true);

        Assert.Equal((201, "one", "Apply"), (
            created,
            first["metadata"]!["managedFields"]![0].Text("manager"),
            first["metadata"]!["managedFields"]![0].Text("operation")));
        answer.AssertFailure(409, "Conflict", "conflict with \"one\"");
        Assert.Equal(
            ("FieldManagerConflict", ".spec.size"),
            (answer.Body["details"]!["causes"]![0].Text("reason"), answer.Body["details"]!["causes"]![0].Text("field")));
        Assert.Equal(("2", "2"), (forced.Text("spec", "size"), forced.Text("metadata", "generation")));
    }

    [Fact]
    public async Task What_a_manager_no_longer_intends_goes()
    {
        await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1,"replicas":3}"""), "one");
        var (_, after) = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1}"""), "one");

        Assert.Null(after["spec"]!["replicas"]);
    }

    [Fact]
    public async Task The_same_intent_again_changes_nothing()
    {
        var (_, first) = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1}"""), "one");
        var (code, second) = await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1}"""), "one");

        Assert.Equal(200, code);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task The_status_is_applied_on_its_own_path()
    {
        await _api.ApplyAsync(WidgetPath("a"), Widget("a", """{"size":1}"""), "one");
        var (code, after) = await _api.ApplyAsync(
            WidgetPath("a") + "/status",
            """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"status":{"phase":"Fine"}}""",
            "one-status");

        Assert.Equal((200, "Fine", "1"), (code, after.Text("status", "phase"), after.Text("spec", "size")));
        Assert.Equal("status", after["metadata"]!["managedFields"]!.AsArray()
            .Single(entry => entry.Text("manager") == "one-status").Text("subresource"));
    }

    [Fact]
    public async Task The_status_of_what_is_not_there_is_not_found() =>
        (await _api.ApplyAsync(
            WidgetPath("a") + "/status",
            """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"status":{}}""", "one"))
            .AssertFailure(404, "NotFound");

    [Fact]
    public async Task An_apply_without_a_manager_is_refused() =>
        (await _api.SendAsync(HttpMethod.Patch, WidgetPath("a"), Widget("a"), "application/apply-patch+yaml"))
            .AssertFailure(400, "BadRequest", "fieldManager");

    [Fact]
    public async Task An_intent_may_be_YAML()
    {
        var (code, _) = await _api.ApplyAsync(
            WidgetPath("a"), "apiVersion: example.test/v1\nkind: Widget\nmetadata: {name: a}\nspec:\n  size: 3\n", "one");

        Assert.Equal(201, code);
    }

    [Fact]
    public async Task Every_kind_of_patch_is_taken_where_it_makes_sense()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1,"names":["x"]}"""));
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a", data: """{"x":"1"}"""));

        var (_, patched) = await _api.SendAsync(
            HttpMethod.Patch, WidgetPath("a"),
            """[{"op":"test","path":"/spec/size","value":1},{"op":"add","path":"/spec/names/-","value":"y"}]""",
            "application/json-patch+json");
        Assert.Equal("""["x","y"]""", patched["spec"]!["names"]!.ToJsonString());

        (await _api.SendAsync(
            HttpMethod.Patch, WidgetPath("a"),
            """[{"op":"test","path":"/spec/size","value":9}]""", "application/json-patch+json"))
            .AssertFailure(422, "Invalid");
        (await _api.SendAsync(HttpMethod.Patch, WidgetPath("a"), "{}", "application/strategic-merge-patch+json"))
            .AssertFailure(415, "UnsupportedMediaType");
        Assert.Equal(200, (await _api.SendAsync(
            HttpMethod.Patch, "/api/v1/namespaces/default/configmaps/a", """{"data":{"y":"2"}}""",
            "application/strategic-merge-patch+json")).Code);
    }

    private async Task<string?> WarningAsync(string validation, string name)
    {
        using var content = new StringContent(Widget(name, """{"size":1,"sise":2}"""), null, "application/json");
        using var response = await _api.Client.PostAsync($"{WidgetPath()}?fieldValidation={validation}", content);
        return response.Headers.TryGetValues("Warning", out var warnings) ? Assert.Single(warnings) : null;
    }
}
